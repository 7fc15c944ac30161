import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import styles from './Button.module.css';
import { join } from './class-names.ts';

type Kind = 'primary' | 'quiet' | 'danger';

export function Button({
  kind = 'quiet',
  className,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: Kind }) {
  return <button type="button" className={join(styles.button, styles[kind], className)} {...rest} />;
}

/** A link that leads on and looks like the button it is to its reader. */
export function ButtonLink({ kind = 'quiet', className, ...rest }: LinkProps & { kind?: Kind }) {
  return <Link className={join(styles.button, styles[kind], className)} {...rest} />;
}

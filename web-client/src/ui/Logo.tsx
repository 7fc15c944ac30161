import { measure } from '../theme/tokens.ts';
import styles from './Logo.module.css';

/** Three linked rooms: our mark. Decorative, the product's name stands beside it. */
export function Logo({ size = measure.logo }: { size?: number }) {
  return (
    <svg className={styles.logo} viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect className={styles.tile} width="32" height="32" rx="8" />
      <path className={styles.link} d="M16 13v4M16 17l-6 3M16 17l6 3" />
      <rect className={styles.room} x="11" y="5" width="10" height="8" rx="2" />
      <rect className={styles.room} x="4" y="19" width="10" height="8" rx="2" />
      <rect className={styles.room} x="18" y="19" width="10" height="8" rx="2" />
    </svg>
  );
}

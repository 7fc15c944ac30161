import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { BeginHere } from '../guide/BeginHere.tsx';
import { useNothingYet } from '../guide/use-begun.ts';
import { measure } from '../theme/tokens.ts';
import styles from './AdminHome.module.css';
import { PageHead } from './kit/PageHead.tsx';
import { linksFor } from './my-links.ts';

/** The first page of the administration: everything that one may do there, by what it is about. */
export function AdminHome() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const nothingYet = useNothingYet(account);
  return (
    <>
      <PageHead
        title={t('admin.welcome')}
        lead={t('admin.welcomeHint', { organization: account.organizationName })}
      />
      {nothingYet && <BeginHere />}
      {linksFor(account).map(({ group, links }) => (
        <section key={group} className={styles.group}>
          <h2 className={styles.groupTitle}>{t(`admin.group.${group}`)}</h2>
          <ul className={styles.tiles}>
            {links.map(({ to, word, hint, icon: Icon = IconFolder }) => (
              <li key={to}>
                <Link to={`/admin/${to}`} className={styles.tile}>
                  <Icon size={measure.iconLarge} stroke={1.5} aria-hidden="true" className={styles.icon} />
                  <span className={styles.words}>
                    <span className={styles.word}>{t(word)}</span>
                    {hint && <span className={styles.hint}>{t(hint)}</span>}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

import { App } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useAccount } from '../app/use-account.ts';
import { join } from '../ui/class-names.ts';
import styles from './Library.module.css';

const TABS = [
  ['/library', 'all'],
  ['/library/favourites', 'favourites'],
  ['/library/playlists', 'playlists'],
] as const;

interface Props {
  title: string;
  /** What stands below the title. */
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The frame of the library's pages: what this one is, and where the others are. */
export function LibraryHead({ title, lead, actions, children }: Props) {
  const { t } = useTranslation();
  const asked = useAccount();
  return (
    <App>
      <header className={styles.head}>
        <div className={styles.headWords}>
          <h1 className={styles.title}>
            <bdi>{title}</bdi>
          </h1>
          {lead && <div className={styles.quiet}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
        {asked.state === 'known' && (
          <nav className={styles.tabs} aria-label={t('library.title')}>
            {[...TABS, [`/library/schools/${asked.account.organizationId}`, 'school'] as const].map(
              ([to, tab]) => (
                <NavLink
                  key={tab}
                  to={to}
                  end
                  className={({ isActive }) => join(styles.tab, isActive && styles.tabHere)}
                >
                  {t(`library.tab.${tab}`)}
                </NavLink>
              ),
            )}
          </nav>
        )}
      </header>
      {children}
    </App>
  );
}

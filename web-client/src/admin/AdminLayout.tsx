import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import styles from './AdminLayout.module.css';
import { ADMIN_LINKS, type AdminLink } from './links.ts';

const GROUPS: readonly AdminLink['group'][] = ['people', 'timetable', 'safety'];

/** Frame of the administration: its menu at the side, the page beside it. */
export function AdminLayout() {
  return (
    <SignedIn>
      {(account) => (
        <div className={styles.frame}>
          <Menu account={account} />
          <div className={styles.page}>
            <Outlet context={account} />
          </div>
        </div>
      )}
    </SignedIn>
  );
}

function Menu({ account }: { account: Account }) {
  const { t } = useTranslation();
  const mine = ADMIN_LINKS.filter(({ action }) => scopeOf(account.role, action) !== null);
  return (
    <nav className={styles.menu} aria-label={t('admin.open')}>
      {GROUPS.map((group) => {
        const links = mine.filter((link) => link.group === group);
        return (
          links.length > 0 && (
            <section key={group}>
              <h2 className={styles.group}>{t(`admin.group.${group}`)}</h2>
              {links.map(({ to, word }) => (
                <NavLink key={to} to={`/admin/${to}`} className={styles.link}>
                  {t(word)}
                </NavLink>
              ))}
            </section>
          )
        );
      })}
    </nav>
  );
}

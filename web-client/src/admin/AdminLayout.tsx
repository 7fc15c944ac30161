import { IconFolder } from '@tabler/icons-react';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { AuditAlarmNote } from '../audit/AuditAlarmNote.tsx';
import { measure } from '../theme/tokens.ts';
import styles from './AdminLayout.module.css';
import { linksFor } from './my-links.ts';

/** Frame of the administration: its menu at the side, on a phone a strip above, and the page beside it. */
export function AdminLayout() {
  return (
    <SignedIn>
      {(account) => (
        <App>
          <div className={styles.frame} data-wide="">
            <Menu account={account} />
            <div className={styles.page}>
              <AuditAlarmNote account={account} />
              <Outlet context={account} />
            </div>
          </div>
        </App>
      )}
    </SignedIn>
  );
}

function Menu({ account }: { account: Account }) {
  const { t } = useTranslation();
  return (
    <nav className={styles.menu} aria-label={t('admin.page')}>
      {linksFor(account).map(({ group, links }) => (
        <section key={group} className={styles.section}>
          <h2 className={styles.group}>{t(`admin.group.${group}`)}</h2>
          {links.map(({ to, word, icon: Icon = IconFolder }) => (
            <NavLink key={to} to={`/admin/${to}`} className={styles.link} ref={intoView}>
              <Icon size={measure.icon} stroke={1.5} aria-hidden="true" />
              {t(word)}
            </NavLink>
          ))}
        </section>
      ))}
    </nav>
  );
}

/** On a phone the strip is longer than the screen: where one is must be seen. */
function intoView(link: HTMLAnchorElement | null): void {
  if (link?.getAttribute('aria-current') !== 'page') return;
  const strip = link.closest('nav')!;
  strip.scrollLeft = link.offsetLeft - (strip.clientWidth - link.clientWidth) / 2;
}

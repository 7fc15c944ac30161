import { useQuery } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { aboutQuery } from '../api/queries.ts';
import { useAccount } from '../app/use-account.ts';
import { NoticeBell } from '../notices/NoticeBell.tsx';
import { AlarmBadge } from '../now/AlarmBadge.tsx';
import { ANTD_LOCALES } from '../theme/antd-locales.ts';
import { antdTheme } from '../theme/antd-theme.ts';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import { Logo } from '../ui/Logo.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './OfficeLayout.module.css';
import { OfficeLinks } from './OfficeLinks.tsx';
import { RoleSwitch } from './RoleSwitch.tsx';
import { SignOutButton } from './SignOutButton.tsx';

/** Frame of the light pages: who we are, who is signed in, the language. */
export function OfficeLayout() {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = useAccount();
  const { data: about } = useQuery(aboutQuery);
  return (
    <ConfigProvider theme={antdTheme} locale={ANTD_LOCALES[language]} button={{ autoInsertSpace: false }}>
      <div className={styles.page}>
        <header className={styles.header}>
          <div className={styles.headerRow}>
            <Link to="/" className={styles.brand}>
              <Logo />
              <span className={styles.brandName}>{t('product.name')}</span>
            </Link>
            {asked.state === 'stranger' && (
              <>
                <Link to="/open" className={styles.link}>
                  {t('series.openLink')}
                </Link>
                <Link to="/library" className={styles.link} data-testid="open-library">
                  {t('library.open')}
                </Link>
              </>
            )}
            {asked.state === 'known' && (
              <>
                <AlarmBadge account={asked.account} />
                {asked.account.kind === 'person' && <NoticeBell account={asked.account} />}
                <RoleSwitch />
                <Link to="/account" className={styles.account} data-testid="open-account">
                  <span className={styles.accountName}>{asked.account.name}</span>
                  <span className={styles.accountDetail}>
                    {asked.account.organizationName} · {t(`role.${asked.account.role}`)}
                  </span>
                </Link>
                <SignOutButton />
              </>
            )}
            <LanguageSwitch />
          </div>
          {asked.state === 'known' && <OfficeLinks account={asked.account} />}
        </header>
        <ScrollRestoration />
        <main className={styles.main}>
          <Outlet />
        </main>
        {about && (
          <footer className={styles.footer}>{t('product.version', { version: about.version })}</footer>
        )}
      </div>
    </ConfigProvider>
  );
}

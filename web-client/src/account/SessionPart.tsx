import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './AccountPage.module.css';
import type { PartProps } from './AccountPage.tsx';
import { accountApi } from './account-api.ts';
import { browserOf } from './browser-of.ts';
import { dayAndTime } from './day-and-time.ts';

/** Where one is signed in. */
export function SessionPart({ own, change }: PartProps) {
  const { t, i18n } = useTranslation();
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{t('account.sessions.title')}</h2>
      <p className={styles.lead}>{t('account.sessions.lead')}</p>
      {own.sessions.map(({ id, current, way, address, agent, seenAt }) => (
        <div key={id} className={styles.row}>
          <span className={styles.words}>
            <span>
              {browserOf(agent) || t('account.sessions.unknown')}{' '}
              {current && <Tag>{t('account.sessions.current')}</Tag>}
            </span>
            <span className={styles.quiet}>
              {[
                t(`account.sessions.way.${way}`),
                address,
                t('account.sessions.seen', { when: dayAndTime(seenAt, i18n.language) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {!current && (
            <Button onClick={() => void change(() => accountApi.endSession(id))}>
              {t('account.sessions.end')}
            </Button>
          )}
        </div>
      ))}
      {own.sessions.length > 1 && (
        <div className={styles.actions}>
          <Button onClick={() => void change(accountApi.endOthers)} data-testid="end-others">
            {t('account.sessions.endOthers')}
          </Button>
        </div>
      )}
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './FeedDialog.module.css';
import { timetableApi } from './timetable-api.ts';

/** Secret addresses by which a phone's or computer's calendar shows the same lessons. */
export function FeedDialog({ accountId, onClose }: { accountId: string; onClose(): void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState<ApiError['code'] | null>(null);
  const [copied, setCopied] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['calendar-feeds', accountId],
    queryFn: () => timetableApi.feeds(accountId),
  });
  const act = async (doing: () => Promise<unknown>) => {
    setFailed(null);
    await doing().catch((thrown: unknown) => setFailed(ApiError.from(thrown).code));
    await refetch();
  };
  const make = () =>
    act(async () => {
      const { path } = await timetableApi.makeFeed(accountId);
      setAddress(new URL(path, location.href).href);
      setCopied(false);
    });
  const code = failed ?? (error && ApiError.from(error).code);
  const when = (at: number) => `${longDate(at, language)} ${clockTime(at, language)}`;
  return (
    <Modal open title={t('timetable.feed.title')} footer={null} onCancel={onClose}>
      <p>{t('timetable.feed.hint')}</p>
      {code && <Alert type="warning" showIcon title={<ErrorNote code={code} />} />}
      {address === null ? (
        <Button type="primary" data-testid="make-feed" onClick={() => void make()}>
          {t('timetable.feed.make')}
        </Button>
      ) : (
        <div className={styles.address}>
          <Input
            readOnly
            value={address}
            data-testid="feed-address"
            onFocus={({ target }) => target.select()}
          />
          <Button
            type="primary"
            onClick={() => void navigator.clipboard?.writeText(address).then(() => setCopied(true))}
          >
            {copied ? t('timetable.feed.copied') : t('timetable.feed.copy')}
          </Button>
        </div>
      )}
      {address !== null && <p className={styles.quiet}>{t('timetable.feed.once')}</p>}
      {data && data.length > 0 && (
        <ul className={styles.list}>
          {data.map(({ feedId, createdAt, readAt }) => (
            <li key={feedId} className={styles.feed}>
              <span>
                {t('timetable.feed.made', { at: when(createdAt) })}
                <span className={styles.quiet}>
                  {readAt === null
                    ? t('timetable.feed.unread')
                    : t('timetable.feed.read', { at: when(readAt) })}
                </span>
              </span>
              <Button danger onClick={() => void act(() => timetableApi.revokeFeed(feedId, accountId))}>
                {t('timetable.feed.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}

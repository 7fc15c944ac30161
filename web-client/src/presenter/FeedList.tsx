import { useTranslation } from 'react-i18next';
import type { LessonSnapshot } from '../lesson/session.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './Feeds.module.css';
import sheet from './Sheet.module.css';

/** The master classroom's pictures: which one everybody sees large, and what each is called. */
export function FeedList({ snapshot, act }: { snapshot: LessonSnapshot; act: Act }) {
  const { t } = useTranslation();
  const { live } = snapshot;
  const { shownFeedId, feedNames } = live.steering;
  const feeds = [...live.feeds.values()].filter(
    ({ kind, participantId }) =>
      kind === 'video' && live.participants.get(participantId)?.role === 'presenter',
  );
  if (feeds.length === 0) return null;
  return (
    <>
      <h3 className={sheet.label}>{t('presenter.large')}</h3>
      <ul className={sheet.choices}>
        <li>
          <button
            type="button"
            className={sheet.choice}
            aria-pressed={shownFeedId === null}
            data-testid="show-auto"
            onClick={() => void act('feed.show', { feedId: null })}
          >
            {t('presenter.largeAuto')}
          </button>
        </li>
        {feeds.map(({ feedId, role }) => (
          <li key={feedId} className={styles.feed}>
            <button
              type="button"
              className={sheet.choice}
              aria-pressed={shownFeedId === feedId}
              data-testid={`show-${role}`}
              onClick={() => void act('feed.show', { feedId })}
            >
              {feedNames.get(feedId) ?? t(`presenter.feed.${role}`)}
            </button>
            <input
              className={styles.name}
              defaultValue={feedNames.get(feedId) ?? ''}
              maxLength={24}
              placeholder={t('presenter.feedRename')}
              aria-label={t('presenter.feedRename')}
              onBlur={({ target }) => {
                const name = target.value.trim() || null;
                if (name !== (feedNames.get(feedId) ?? null)) void act('feed.name', { feedId, name });
              }}
              onKeyDown={({ key, currentTarget }) => {
                if (key === 'Enter') currentTarget.blur();
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

import type { TFunction } from 'i18next';
import type { Picture } from '../classroom/lesson-view.ts';
import type { LessonSnapshot } from '../lesson/session.ts';

/** What a picture is called: the name it was given, else its role's word. */
export function pictureName({ live, me }: LessonSnapshot, { key, role }: Picture, t: TFunction): string {
  const feed = [...live.feeds.values()].find(
    ({ feedId, participantId, role: sent }) =>
      feedId === key || (participantId === me?.participantId && sent === role),
  );
  return (feed && live.steering.feedNames.get(feed.feedId)) ?? t(`presenter.feed.${role}`);
}

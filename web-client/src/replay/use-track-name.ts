import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';

/** What a picture is called: who it shows, and what of them where that is not their face. */
export function useTrackName(): (track: Pick<ReplayTrack, 'role' | 'participantName'>) => string {
  const { t } = useTranslation();
  return ({ role, participantName: name }) =>
    role === 'teacher' || role === 'pupils' ? name : t(`replay.feed.${role}`, { name });
}

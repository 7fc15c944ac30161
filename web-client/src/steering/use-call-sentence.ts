import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { calledWho } from './class-list.ts';

/** Who is to answer, in words that are read from the last row; null while nobody is called. */
export function useCallSentence(live: LiveState, ownId: string | null): string | null {
  const { t } = useTranslation();
  const called = calledWho(live);
  if (!called) return null;
  const { participantId, child, roomName } = called;
  if (participantId === ownId)
    return child ? t('steering.callingOurChild', { child }) : t('steering.callingUs');
  return child
    ? t('steering.callingChild', { room: roomName, child })
    : t('steering.calling', { name: roomName });
}

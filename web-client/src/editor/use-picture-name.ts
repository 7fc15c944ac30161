import { useTranslation } from 'react-i18next';
import { BOARD } from '../replay/view.ts';
import type { Source } from './state/use-sources.ts';

/** What a feed is called at the desk: whose it is, and what it shows where that is not a face. */
export function usePictureName({ replay }: Source): (id: string) => string {
  const { t } = useTranslation();
  return (id) => {
    if (id === BOARD) return t('board.title');
    const track = replay.tracks.find(({ trackId }) => trackId === id);
    if (!track) return '';
    return t('editor.feed', { name: track.participantName, what: t(`presenter.feed.${track.role}`) });
  };
}

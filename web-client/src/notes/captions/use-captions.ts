import { useQuery } from '@tanstack/react-query';
import type { Caption, CaptionTrack } from '#protocol/caption.ts';
import { captionQuery, captionsQuery } from '../notes-api.ts';
import { captionChoice, chooseCaptions, useCaptionChoice } from './choice.ts';

const NONE: CaptionTrack[] = [];

export interface Captions {
  tracks: readonly CaptionTrack[];
  /** The chosen one; null when none is wanted, or there is none in that language. */
  track: CaptionTrack | null;
  /** Its cues; null until they are here. */
  caption: Caption | null;
}

/** A subject's captions, and those of them that are shown. */
export function useCaptions(path: string): Captions {
  const { language } = useCaptionChoice();
  const tracks = useQuery(captionsQuery(path)).data ?? NONE;
  const track = tracks.find((known) => known.language === language) ?? null;
  const { data } = useQuery({
    ...captionQuery(path, track ?? { language: '', version: 0 }),
    enabled: track !== null,
  });
  return { tracks, track, caption: (track && data) ?? null };
}

/** Switches captions on and off, in the language shown last where there is one. */
export function toggleCaptions(tracks: readonly CaptionTrack[]): void {
  const { language, last } = captionChoice();
  const again = tracks.find((track) => track.language === last) ?? tracks[0];
  const shown = tracks.some((track) => track.language === language);
  if (again) chooseCaptions({ language: shown ? null : again.language });
}

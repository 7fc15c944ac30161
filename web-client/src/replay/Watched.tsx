import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { durationOf } from '#protocol/programme.ts';
import { resumeAt } from '#protocol/progress.ts';
import type { Replay } from '#protocol/rest.ts';
import { useAccount } from '../app/use-account.ts';
import { progressQuery } from '../notes/notes-api.ts';
import { subjectPath } from '../notes/subject-path.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { openingOf } from './cast.ts';
import { ReplayPlayer } from './ReplayPlayer.tsx';
import { rememberedPosition } from './resume.ts';
import type { ReplaySubject } from './subject.ts';

/** The player, from where this viewer stopped on whichever device; `?at=` seconds and `?from=start` say otherwise. */
export function Watched({ subject, replay }: { subject: ReplaySubject; replay: Replay }) {
  const [search] = useSearchParams();
  const asked = useAccount();
  const path = subjectPath(subject);
  const progress = useQuery({
    ...progressQuery(path ?? ''),
    enabled: asked.state === 'known' && path !== null,
  });
  const start = useRef<{ startAtMs: number | 'live'; resumed: boolean }>(undefined);
  if (!start.current) {
    if (asked.state === 'asking' || (asked.state === 'known' && progress.isPending && path !== null))
      return <Waiting page="stage" />;
    // What another device told the platform counts; what this one remembers is for when the platform does not answer.
    const lengthMs = replay.clips ? durationOf({ clips: replay.clips }) : replay.durationMs;
    const known = progress.data ? resumeAt(progress.data) : rememberedPosition(subject.key, lengthMs);
    start.current = startOf(search, replay, known);
  }
  return <ReplayPlayer subject={subject} replay={replay} {...start.current} />;
}

function startOf(
  search: URLSearchParams,
  replay: Replay,
  known: number | null,
): { startAtMs: number | 'live'; resumed: boolean } {
  const at = Number(search.get('at') ?? Number.NaN);
  // A hit of the search leads to its second.
  if (Number.isFinite(at) && at >= 0) return { startAtMs: at * 1_000, resumed: false };
  const fromStart = search.get('from') === 'start';
  if (replay.live && !fromStart) return { startAtMs: 'live', resumed: false };
  if (known !== null && !fromStart) return { startAtMs: known, resumed: true };
  return { startAtMs: replay.clips ? 0 : openingOf(replay), resumed: false };
}

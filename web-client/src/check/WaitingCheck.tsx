import { useEffect, useMemo, useRef } from 'react';
import type { Lesson } from '#protocol/domain.ts';
import { useAccount } from '../app/use-account.ts';
import { CheckMarks } from './CheckMarks.tsx';
import { rememberedCheck } from './check-memory.ts';
import { roomPlace } from './check-place.ts';
import { FRESH_MS } from './fresh.ts';
import { useCheck } from './use-check.ts';

/** A remote classroom that waits for the lesson checks itself, without a touch, and tells the teacher. */
export function WaitingCheck({ lesson }: { lesson: Lesson }) {
  const asked = useAccount();
  const accountId = asked.state === 'known' ? asked.account.accountId : null;
  const place = useMemo(() => roomPlace(lesson.lessonId, false), [lesson.lessonId]);
  const { snapshot, start, ready } = useCheck(accountId, place);
  const begun = useRef<unknown>(null);
  useEffect(() => {
    if (!ready || accountId === null || begun.current === place) return;
    begun.current = place;
    const last = rememberedCheck(accountId);
    const fresh = last !== null && Date.now() - last.at < FRESH_MS;
    // This lesson may not have heard of it yet.
    if (fresh) void place.report(last.findings);
    else start();
  }, [ready, accountId, place, start]);
  const blocked =
    snapshot.running === null &&
    [...snapshot.findings.values()].some(({ result }) => result.code === 'SOUND_BLOCKED');
  useEffect(() => {
    if (!blocked) return;
    // Now the browser lets it.
    const touched = () => start(['mic', 'loop']);
    addEventListener('pointerdown', touched, { once: true });
    return () => removeEventListener('pointerdown', touched);
  }, [blocked, start]);
  return <CheckMarks snapshot={snapshot} stage />;
}

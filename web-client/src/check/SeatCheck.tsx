import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { Button } from '../ui/Button.tsx';
import { CheckMarks } from './CheckMarks.tsx';
import { rememberedCheck } from './check-memory.ts';
import { seatPlace } from './check-place.ts';
import { FRESH_MS } from './fresh.ts';
import { HoverSheet } from './HoverSheet.tsx';
import { worst } from './judge/verdicts.ts';
import { LightMark } from './LightMark.tsx';
import styles from './RoomFacts.module.css';
import { useCheck } from './use-check.ts';

/** The first pictures come first: a check must not make anybody wait for them. */
const BEGIN_MS = 5_000;

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** Sized for a big screen. */
  stage?: boolean;
}

/**
 * A room that came in before the bell checks what makes no sound, without a touch, and tells the teacher; its
 * loudspeaker is one touch away.
 */
export function SeatCheck({ session, snapshot, stage = false }: Props) {
  const { t } = useTranslation();
  const accountId = snapshot.me?.accountId ?? null;
  const place = useMemo(() => seatPlace(session), [session]);
  const check = useCheck(accountId, place);
  const { ready, start } = check;
  const begun = useRef<unknown>(null);
  useEffect(() => {
    if (!ready || accountId === null || begun.current === place) return;
    const timer = setTimeout(() => {
      begun.current = place;
      const last = rememberedCheck(accountId);
      const fresh = last !== null && Date.now() - last.at < FRESH_MS;
      if (fresh) void place.report(last.findings);
      else start(['camera', 'mic', 'network']);
    }, BEGIN_MS);
    return () => clearTimeout(timer);
  }, [ready, accountId, place, start]);
  const { running, findings } = check.snapshot;
  const light = worst([...findings.values()].map(({ result }) => result.light));
  const word = running ? t('check.overall.running') : light ? t(`check.light.${light}`) : t('check.none');
  return (
    <HoverSheet
      label={t('check.roomTitle')}
      testId="seat-check"
      className={stage ? styles.onStage : undefined}
      sheet={
        <div className={styles.sheet}>
          <h3 className={styles.title}>{t('check.roomTitle')}</h3>
          <CheckMarks snapshot={check.snapshot} />
          <Button disabled={running !== null} data-testid="seat-check-loop" onClick={() => start(['loop'])}>
            {t('check.playSound')}
          </Button>
          <Button disabled={running !== null} onClick={() => start()}>
            {t('check.again')}
          </Button>
        </div>
      }
    >
      <LightMark light={running ? 'busy' : (light ?? 'off')} word={`${t('check.roomTitle')} · ${word}`} />
    </HoverSheet>
  );
}

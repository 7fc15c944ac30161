import { IconHeadphones, IconHeadphonesOff, IconLogout } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenShot } from '#protocol/directing.ts';
import type { Lesson } from '#protocol/domain.ts';
import type { Layout } from '#protocol/programme.ts';
import { pictureOf } from '#protocol/shots.ts';
import { EdgeNotes } from '../classroom/EdgeNotes.tsx';
import { LineMark } from '../classroom/LineMark.tsx';
import { Sounds } from '../classroom/Sounds.tsx';
import { useClock } from '../classroom/use-clock.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { useAct } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { topicOf } from '../ui/topic-of.ts';
import { laidOut, shotOf, sourcesOf, swapped, touched } from './arrange.ts';
import styles from './Desk.module.css';
import { HighlightList } from './HighlightList.tsx';
import { LayoutBar } from './LayoutBar.tsx';
import { RecordPanel } from './RecordPanel.tsx';
import { ShotView } from './ShotView.tsx';
import { SourceTile } from './SourceTile.tsx';
import { deskSources } from './sources.ts';
import { useDeskKeys } from './use-desk-keys.ts';

const ERROR_SHOWN_MS = 8_000;
const LAYOUT_KEYS: Readonly<Record<string, Layout>> = { q: 'single', w: 'pip', e: 'side', r: 'grid' };
const DIGITS = 9;

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** A page of its own hears the lesson and may leave it; drawn into a console's second window it does neither. */
  onLeave: (() => void) | null;
}

/** The operator's desk: every picture with its level, what is being recorded, one touch to cut, and the recording. */
export function Desk({ lesson, session, snapshot, onLeave }: Props) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const now = useClock(snapshot.clockOffsetMs);
  const [error, setError] = useState<PageErrorCode | null>(null);
  const [listens, setListens] = useState(true);
  useEffect(() => {
    const timer = error && setTimeout(() => setError(null), ERROR_SHOWN_MS);
    return () => clearTimeout(timer ?? undefined);
  }, [error]);
  const act = useAct(session, setError);
  const { live, phase, media } = snapshot;
  const hold = phase === 'reconnecting' || media === 'recovering';
  const entries = deskSources(lesson, snapshot);
  const candidates = entries.flatMap(({ source }) => source ?? []);
  const shot: TakenShot = pictureOf(live);
  const onAir = sourcesOf(shot);
  const directed = live.directing.shot !== null;
  const recorded = live.recording !== null && live.directing.heldAt === null;
  const director = live.participants.get(live.directing.shotBy ?? '')?.name ?? t('desk.someone');

  const take = (next: TakenShot) => void act('shot.take', { ...next, seen: live.directing.shotSeq });
  const release = () => void act('shot.release', {});
  // Where nobody directs yet, the first touch is a plain cut.
  const base = directed ? shot : shotOf('single', []);
  const lay = (layout: Layout) => {
    const next = laidOut(layout, shot, candidates);
    if (next) take(next);
  };
  useDeskKeys(root, {
    cut: (digit) => {
      const source = entries[digit - 1]?.source;
      if (source) take(touched(base, source));
    },
    letters: {
      ...Object.fromEntries(Object.entries(LAYOUT_KEYS).map(([key, layout]) => [key, () => lay(layout)])),
      a: release,
      x: () => directed && (shot.layout === 'pip' || shot.layout === 'side') && take(swapped(shot)),
      m: () => void act('highlight.mark', { note: null }),
      z: () => {
        const last = newest(snapshot);
        if (last) void act('highlight.remove', { highlightId: last });
      },
    },
  });
  useSmallPictures(onLeave ? session : null, shot);

  return (
    <div ref={root} className={styles.desk} data-theme="stage" data-testid="desk">
      <header className={styles.top}>
        <h1 className={styles.lesson} title={lesson.title}>
          <span className={styles.subject}>{t('desk.title')}</span> {lesson.subject} {topicOf(lesson)}
        </h1>
        <LineMark quality={snapshot.quality} />
        {onLeave && (
          <Button aria-pressed={listens} className={styles.top_button} onClick={() => setListens(!listens)}>
            {listens ? (
              <IconHeadphones size={measure.icon} aria-hidden="true" />
            ) : (
              <IconHeadphonesOff size={measure.icon} aria-hidden="true" />
            )}
            {t(listens ? 'desk.listen' : 'desk.listenOff')}
          </Button>
        )}
        {onLeave && (
          <Button className={styles.top_button} onClick={onLeave}>
            <IconLogout size={measure.icon} aria-hidden="true" />
            {t('stage.leave')}
          </Button>
        )}
      </header>

      <main className={styles.main}>
        <div className={styles.monitor}>
          <p className={styles.label}>
            <span className={join(styles.tally, recorded && styles.on)} />
            {t('desk.programme')}
            <span className={styles.by}>
              {directed ? t('desk.directedBy', { name: director }) : t('desk.follows')}
            </span>
          </p>
          <div className={styles.screen}>
            <ShotView session={session} snapshot={snapshot} shot={shot} hold={hold} />
          </div>
          <EdgeNotes snapshot={snapshot} extra={error ? [error] : []} />
        </div>
        <LayoutBar
          shot={shot}
          directed={directed}
          candidates={candidates}
          onTake={take}
          onRelease={release}
        />
        <section className={styles.sources} aria-label={t('desk.sources')}>
          {entries.map((entry, index) => (
            <SourceTile
              key={entry.key}
              session={session}
              snapshot={snapshot}
              entry={entry}
              digit={index < DIGITS ? index + 1 : null}
              recorded={recorded}
              onAir={entry.source !== null && onAir.includes(entry.source)}
              hold={hold}
              onTake={() => entry.source && take(touched(base, entry.source))}
            />
          ))}
        </section>
      </main>

      <aside className={styles.side}>
        <RecordPanel snapshot={snapshot} now={now} act={act} onError={setError} />
        <HighlightList live={live} act={act} />
        <p className={styles.keys}>{t('desk.keys')}</p>
      </aside>
      {onLeave && <Sounds snapshot={snapshot} muted={!listens} />}
    </div>
  );
}

/** The highlight that this page's user marked last. */
function newest({ live, me }: LessonSnapshot): string | undefined {
  return live.directing.highlights.findLast(({ byParticipantId }) => byParticipantId === me?.participantId)
    ?.highlightId;
}

/** Of many pictures only those that are being recorded come large: the line and the machine carry the rest small. */
function useSmallPictures(session: LessonSession | null, { feedIds }: TakenShot): void {
  const large = feedIds.join();
  useEffect(() => {
    if (!session) return;
    const ids = new Set(large.split(','));
    session.preferLayers((feedId) => (ids.has(feedId) ? null : 0));
  }, [session, large]);
}

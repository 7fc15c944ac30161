import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Account, Lesson } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { mayIn } from '../api/may.ts';
import { lessonQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { useWakeLock } from '../classroom/use-wake-lock.ts';
import { homePath } from '../room/room-memory.ts';
import { measure } from '../theme/tokens.ts';
import { offerOf } from '../today/lesson-offer.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { clockTime } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './CheckPage.module.css';
import { roomPlace } from './check-place.ts';
import { GROUPS } from './findings.ts';
import { GroupRow } from './GroupRow.tsx';
import { LightMark } from './LightMark.tsx';
import { type Overall, overallOf } from './overall.ts';
import { Preview } from './Preview.tsx';
import { useCheck } from './use-check.ts';

/** `/check`: this room, for any lesson to come. `/lessons/:lessonId/check`: for this one, which is told the result. */
export function CheckPage() {
  const { lessonId } = useParams();
  return (
    <SignedIn page="stage">
      {(account) =>
        lessonId ? (
          <CheckForLesson key={lessonId} account={account} lessonId={lessonId} />
        ) : (
          <RoomCheckUp account={account} lesson={null} />
        )
      }
    </SignedIn>
  );
}

function CheckForLesson({ account, lessonId }: { account: Account; lessonId: string }) {
  const { data: lesson, error } = useQuery(lessonQuery(lessonId));
  if (error && !lesson) return <RefusedPage code={ApiError.from(error).code} />;
  if (!lesson) return <Waiting page="stage" />;
  const over = lesson.state === 'ended' || lesson.state === 'ready';
  // When the bell has rung, or for whoever only watches, it is a check like any other.
  return <RoomCheckUp account={account} lesson={!over && mayIn(lesson, 'lesson.check') ? lesson : null} />;
}

function RoomCheckUp({ account, lesson }: { account: Account; lesson: Lesson | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  useWakeLock();
  const lessonId = lesson?.lessonId ?? null;
  const place = useMemo(() => roomPlace(lessonId, true), [lessonId]);
  const { snapshot, start, cancel, ready, stream, level, at, told } = useCheck(account.accountId, place);
  // Whoever comes here wants it checked: it begins by itself, once.
  const begun = useRef<unknown>(null);
  useEffect(() => {
    if (!ready || begun.current === place) return;
    begun.current = place;
    start();
  }, [ready, place, start]);
  const overall = overallOf(snapshot);
  const running = snapshot.running !== null;
  return (
    <div className={styles.page} data-theme="stage" data-testid="check-page">
      <header className={styles.head}>
        <ButtonLink to={homePath()}>
          <IconArrowLeft size={measure.icon} aria-hidden="true" />
          {t('common.back')}
        </ButtonLink>
        <div className={styles.words}>
          <h1 className={styles.title}>{t('check.title')}</h1>
          <p className={styles.lead}>
            {lesson ? `${account.name} · ${lesson.subject} · ${topicOf(lesson)}` : account.name}
          </p>
        </div>
      </header>

      <div className={styles.side}>
        <Preview stream={stream} level={level} listening={snapshot.running?.group === 'mic'} />
        <div className={styles.verdict} role="status" data-testid="check-overall" data-state={overall.state}>
          <OverallMark overall={overall} />
          <p className={styles.lead}>
            {running || at === null
              ? t('check.lead')
              : t('check.lastTime', { time: clockTime(at, language) })}
            {told && ` · ${t('check.told')}`}
          </p>
        </div>
        <div className={styles.actions}>
          {running ? (
            <Button data-testid="check-stop" onClick={cancel}>
              {t('check.stop')}
            </Button>
          ) : (
            <Button kind={lesson ? 'quiet' : 'primary'} data-testid="check-start" onClick={() => start()}>
              {t(overall.state === 'none' ? 'check.start' : 'check.again')}
            </Button>
          )}
          {lesson && offerOf(lesson) === 'enter' && (
            <ButtonLink kind={running ? 'quiet' : 'primary'} to={`/lessons/${lesson.lessonId}`}>
              {t('check.enter')}
            </ButtonLink>
          )}
        </div>
      </div>

      <ol className={styles.rows}>
        {GROUPS.map((group) => (
          <GroupRow key={group} group={group} snapshot={snapshot} onAgain={() => start([group])} />
        ))}
      </ol>
    </div>
  );
}

function OverallMark({ overall }: { overall: Overall }) {
  const { t } = useTranslation();
  if (overall.state !== 'done')
    return (
      <LightMark
        light={overall.state === 'running' ? 'busy' : 'off'}
        word={t(`check.overall.${overall.state}`)}
        className={styles.overall}
      />
    );
  const { light, count } = overall;
  const word = light === 'green' ? t('check.overall.green') : t(`check.overall.${light}`, { count });
  return <LightMark light={light} word={word} className={styles.overall} />;
}

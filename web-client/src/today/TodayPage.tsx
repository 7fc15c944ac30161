import { IconChevronLeft, IconChevronRight, IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate } from 'react-router';
import { type Account, mayPlanDemo, type Role } from '#protocol/domain.ts';
import { MAX_READINESS } from '#protocol/room-screen.ts';
import { ApiError } from '../api/api-error.ts';
import { aboutQuery, lessonsQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { preloadClassroom } from '../classroom/pages.tsx';
import { BeginHere } from '../guide/BeginHere.tsx';
import { useNothingYet } from '../guide/use-begun.ts';
import { InsecureNote } from '../office/InsecureNote.tsx';
import { isNear } from '../room/current-lesson.ts';
import { readinessQuery } from '../room/room-api.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { longDate, midnight } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { LessonCard } from './LessonCard.tsx';
import { demoLesson, inOrder, nextLesson, offerOf } from './lesson-offer.ts';
import { MoreDemo } from './MoreDemo.tsx';
import styles from './TodayPage.module.css';

const TICK_MS = 10_000;
/** Who has a room's camera and microphone before them. */
const CHECKS: readonly Role[] = ['teacher', 'operator'];

export function TodayPage() {
  return (
    <SignedIn>
      {(account) =>
        account.kind === 'classroom' ? <Navigate replace to="/room" /> : <Timetable account={account} />
      }
    </SignedIn>
  );
}

/** The lessons of one day, today's at first. */
function Timetable({ account }: { account: Account }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const now = useNow(TICK_MS);
  const [days, setDays] = useState(0);
  const from = midnight(now, days);
  const { data: about } = useQuery(aboutQuery);
  const nothingYet = useNothingYet(account);
  const { data, error } = useQuery(lessonsQuery(from, midnight(now, days + 1)));
  const next = nextLesson(data ?? []);
  const forDemo = demoLesson(data ?? []);
  const nextRole = next && offerOf(next) === 'enter' ? next.role : null;
  useEffect(() => {
    if (nextRole) preloadClassroom(nextRole);
  }, [nextRole]);
  const near = (data ?? []).filter((lesson) => isNear(lesson, now)).map(({ lessonId }) => lessonId);
  const { data: readiness } = useQuery(readinessQuery(near.slice(0, MAX_READINESS)));
  const iconSize = measure.icon;
  return (
    <App>
      <InsecureNote />
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.date}>{longDate(from, language)}</h1>
          <p className={styles.count}>
            {t(days === 0 ? 'today.title' : 'today.titleOther')}
            {data && data.length > 0 && ` · ${t('today.count', { count: data.length })}`}
          </p>
        </div>
        {CHECKS.includes(account.role) && (
          <Button
            icon={<IconStethoscope size={iconSize} />}
            data-testid="to-check"
            onClick={() => void navigate('/check')}
          >
            {t('check.link')}
          </Button>
        )}
        <nav className={styles.days} aria-label={t('today.titleOther')}>
          <Button icon={<IconChevronLeft size={iconSize} />} onClick={() => setDays(days - 1)}>
            {t('today.previousDay')}
          </Button>
          <Button disabled={days === 0} onClick={() => setDays(0)}>
            {t('today.today')}
          </Button>
          <Button
            icon={<IconChevronRight size={iconSize} />}
            iconPlacement="end"
            onClick={() => setDays(days + 1)}
          >
            {t('today.nextDay')}
          </Button>
        </nav>
      </header>
      {error && (
        <Alert
          className={styles.note}
          type="warning"
          showIcon
          title={<ErrorNote code={ApiError.from(error).code} />}
        />
      )}
      {!data && !error && <Skeletons />}
      {data?.length === 0 && nothingYet && <BeginHere />}
      {data?.length === 0 && !nothingYet && (
        <div className={styles.card}>
          <Empty
            description={
              <>
                <p>{t('today.empty')}</p>
                <p>{t('today.emptyHint')}</p>
              </>
            }
          >
            {days !== 0 && (
              <Button type="primary" onClick={() => setDays(0)}>
                {t('common.backToToday')}
              </Button>
            )}
          </Empty>
        </div>
      )}
      <div className={styles.list}>
        {inOrder(data ?? []).map((lesson) => (
          <LessonCard
            key={lesson.lessonId}
            lesson={lesson}
            now={now}
            next={lesson === next}
            rooms={readiness?.find(({ lessonId }) => lessonId === lesson.lessonId)?.rooms ?? null}
            demo={about?.demoLesson === true && lesson === forDemo}
          />
        ))}
      </div>
      {data && days === 0 && !next && about?.demoSignIn && mayPlanDemo(account) && <MoreDemo />}
    </App>
  );
}

function Skeletons() {
  return (
    <div className={styles.list} aria-hidden="true">
      {[0, 1, 2].map((line) => (
        <div key={line} className={styles.card}>
          <Skeleton active title={false} paragraph={{ rows: 2 }} />
        </div>
      ))}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { mayIn } from '../api/may.ts';
import { platform } from '../api/platform.ts';
import { aboutQuery } from '../api/queries.ts';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import styles from './RoomPage.module.css';
import { roomQuery } from './room-api.ts';

/** What a room does between lessons, seldom and quietly. @param current the lesson that comes next, or runs. */
export function RoomCorner({ current }: { current: Lesson | null }) {
  const { t } = useTranslation();
  const { data: about } = useQuery(aboutQuery);
  return (
    <footer className={styles.corner}>
      {about?.demoSignIn && <Demo film={about.demoLesson} current={current} />}
      <Link className={styles.cornerLink} to="/check" data-testid="to-check">
        {t('check.link')}
      </Link>
      <Link className={styles.cornerLink} to="/library">
        {t('room.library')}
      </Link>
      <LanguageSwitch />
    </footer>
  );
}

/** Where the platform is only tried: a lesson for the asking, its film, and the way to be somebody else. */
function Demo({ film, current }: { film: boolean; current: Lesson | null }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const again = () => void queries.invalidateQueries({ queryKey: roomQuery.queryKey });
  const play = useMutation({ mutationFn: platform.playDemo, onSettled: again });
  const plan = useMutation({ mutationFn: platform.planDemo, onSettled: again });
  return (
    <>
      <Link className={styles.cornerLink} to="/sign-in">
        {t('signIn.signOut')}
      </Link>
      {film && current && mayIn(current, 'lesson.demo') && (
        <button
          type="button"
          className={styles.cornerLink}
          data-testid={`demo-${current.lessonId}`}
          disabled={play.isPending}
          onClick={() => play.mutate(current.lessonId)}
        >
          {t('today.demo')}
        </button>
      )}
      {!current && (
        <button
          type="button"
          className={styles.cornerLink}
          data-testid="demo-more"
          disabled={plan.isPending}
          onClick={() => plan.mutate()}
        >
          {t('today.demoMore')}
        </button>
      )}
    </>
  );
}

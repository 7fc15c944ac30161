import { IconCalendarOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { CalledOff } from '../lesson/session.ts';
import { BackToRoom } from '../room/BackToRoom.tsx';
import { homePath } from '../room/room-memory.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Message } from '../ui/Message.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';

/** Who waited in a lesson that is off now, or at another time: why, and the way back. */
export function CalledOffPage({ lesson, off: { reason, movedTo } }: { lesson: Lesson; off: CalledOff }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const isRoom = homePath() === '/room';
  return (
    <Message
      page="stage"
      icon={<IconCalendarOff size={measure.logo} aria-hidden="true" />}
      title={t(movedTo === null ? 'stage.calledOff' : 'stage.movedAway', { lesson: lesson.subject })}
      actions={
        <ButtonLink kind="primary" to={homePath()} data-testid="called-off">
          {t('common.backToToday')}
        </ButtonLink>
      }
    >
      {movedTo !== null && (
        <p>
          {t('stage.movedTo', {
            when: `${longDate(movedTo, language)} ${clockTime(movedTo, language)}`,
          })}
        </p>
      )}
      {reason && <p>{t('stage.because', { reason })}</p>}
      {isRoom && <BackToRoom lessonId={lesson.lessonId} />}
    </Message>
  );
}

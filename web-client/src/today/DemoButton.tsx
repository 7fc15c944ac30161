import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';

/**
 * Has the platform play its film into the lesson as the master classroom, and brings whoever asked into
 * the room to see it. A presenter stays here: her own seat is the one that the film takes.
 */
export function DemoButton({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const play = useMutation({
    mutationFn: () => platform.playDemo(lesson.lessonId),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['lessons'] });
      if (lesson.role === 'presenter') message.success(t('today.demoPlaying'));
      else await navigate(`/lessons/${lesson.lessonId}`);
    },
    onError: (error) => message.error(<ErrorNote code={ApiError.from(error).code} />),
  });
  return (
    <Tooltip title={t('today.demoHint')}>
      <Button data-testid={`demo-${lesson.lessonId}`} loading={play.isPending} onClick={() => play.mutate()}>
        {t('today.demo')}
      </Button>
    </Tooltip>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#protocol/errors.ts';
import type { WeekLesson } from '#protocol/timetable.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { timetableApi } from './timetable-api.ts';
import type { Found } from './use-clashes.ts';
import { useDayWords } from './use-day-words.ts';
import { useKnowingly } from './use-knowingly.tsx';

export interface Target {
  day: string;
  period?: number | null;
  startsMinute?: number | null;
  endsMinute?: number | null;
}

/** Changes of lessons with an undo for each; who was slower hears who was faster, and sees what stands now. */
export function useWeekMoves() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const toast = useUndoToast();
  const { weekday, date } = useDayWords();
  const knowingly = useKnowingly();

  const refresh = useCallback(
    () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['timetable-week'] }),
        queries.invalidateQueries({ queryKey: ['lesson-plan'] }),
        queries.invalidateQueries({ queryKey: ['timetable-clashed'] }),
      ]),
    [queries],
  );

  const sentence = (thrown: unknown): ReactNode => {
    const { code, fields } = ApiError.from(thrown);
    const [field] = fields;
    if (code === 'OVERTAKEN' && field?.values?.by)
      return t('timetable.overtaken', { by: String(field.values.by) });
    if (code === 'FIELDS' && field) return fieldSentence(field);
    return <ErrorNote code={code} />;
  };
  const fieldSentence = ({ path, issue, values }: FieldError): string => {
    if (path === 'place.day' && issue === 'conflict')
      return t('timetable.refused.holiday', { name: String(values?.by ?? '') });
    if (path === 'place.day' && issue === 'order') return t('timetable.refused.past');
    return t('timetable.refused.period');
  };

  /** Does it, says it, and offers to take it back. Gives what stands afterwards; null: it was refused, and said. */
  const change = async (
    act: (despiteClashes: boolean) => Promise<WeekLesson>,
    word: (after: WeekLesson) => string,
    undo: (after: WeekLesson) => Promise<unknown>,
    found?: Found,
  ): Promise<WeekLesson | null> => {
    try {
      const after = await knowingly(act, found);
      await refresh();
      toast(word(after), async () => {
        await undo(after);
        await refresh();
      });
      return after;
    } catch (thrown) {
      // Who was asked about clashes and went back knows that nothing has happened.
      if (ApiError.from(thrown).code !== 'CLASHES') void message.warning(sentence(thrown), SAID_SECONDS);
      await refresh();
      return null;
    }
  };

  const name = (lesson: WeekLesson) => `${lesson.subject} ${lesson.master.classGroup?.name ?? ''}`.trim();

  return {
    move: (lesson: WeekLesson, to: Target, found?: Found) =>
      change(
        (despite) => timetableApi.move(lesson.lessonId, lesson.version, to, despite),
        (after) =>
          t('timetable.done.moved', {
            lesson: name(lesson),
            date: `${date(after.day)} ${weekday(new Date(`${after.day}T00:00:00Z`).getUTCDay() || 7)}`,
            period: after.period === null ? '' : t('today.period', { period: after.period }),
          }),
        ({ version }) =>
          timetableApi.move(
            lesson.lessonId,
            version,
            { day: lesson.day, startsMinute: lesson.startsMinute, endsMinute: lesson.endsMinute },
            true,
          ),
        found,
      ),
    cancel: (lesson: WeekLesson, reason: string) =>
      change(
        () => timetableApi.cancel(lesson.lessonId, lesson.version, reason),
        () => t('timetable.done.cancelled', { lesson: name(lesson) }),
        ({ version }) => timetableApi.restore(lesson.lessonId, version, true),
      ),
    restore: (lesson: WeekLesson) =>
      change(
        (despite) => timetableApi.restore(lesson.lessonId, lesson.version, despite),
        () => t('timetable.done.restored', { lesson: name(lesson) }),
        ({ version }) => timetableApi.cancel(lesson.lessonId, version, lesson.cancelled?.reason ?? ''),
      ),
    substitute: (lesson: WeekLesson, teacherId: string, found?: Found) =>
      change(
        (despiteClashes) =>
          timetableApi.substitute(lesson.lessonId, { version: lesson.version, teacherId, despiteClashes }),
        (after) => t('timetable.done.substituted', { lesson: name(lesson), teacher: after.teacher.name }),
        ({ version }) =>
          timetableApi.substitute(lesson.lessonId, {
            ...{ version, teacherId: lesson.teacher.id, despiteClashes: true },
          }),
        found,
      ),
    assist: (lesson: WeekLesson, classroomId: string, assistantId: string | null) =>
      change(
        (despiteClashes) =>
          timetableApi.substitute(lesson.lessonId, {
            ...{ version: lesson.version, despiteClashes },
            assistants: [{ classroomId, assistantId }],
          }),
        () => t('timetable.done.assistant', { lesson: name(lesson) }),
        ({ version }) =>
          timetableApi.substitute(lesson.lessonId, {
            ...{ version, despiteClashes: true },
            assistants: [
              {
                classroomId,
                assistantId:
                  lesson.remotes.find(({ classroom }) => classroom.id === classroomId)?.assistant?.id ?? null,
              },
            ],
          }),
      ),
    refresh,
  };
}

const SAID_SECONDS = 8;

import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dayAndMinuteOf } from '#protocol/calendar.ts';
import type { LessonStanding, Notice, NoticeBody, NoticeLesson } from '#protocol/notice.ts';
import type { Language } from '../i18n/index.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { useLanguage } from '../ui/use-language.ts';

export interface NoticeWords {
  title: string;
  lines: string[];
  /** The page where it happened; null: there is none any more. */
  to: string | null;
}

type LessonNews = Extract<NoticeBody, { kind: 'lesson' }>;
interface Speech {
  t: TFunction;
  language: Language;
}

/** A notice in the school's words, and where it leads. */
export function useNoticeWords(): (notice: Notice) => NoticeWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const speech = { t, language };
  return (notice) => {
    const { body } = notice;
    switch (body.kind) {
      case 'lesson':
        return { ...lessonWords(speech, body), to: placeOf(notice, body) };
      case 'lessons':
        return {
          title: t('notices.lessons.title'),
          lines: [
            [
              ...(body.made > 0 ? [t('notices.lessons.made', { count: body.made })] : []),
              ...(body.changed > 0 ? [t('notices.lessons.changed', { count: body.changed })] : []),
              ...(body.removed > 0 ? [t('notices.lessons.removed', { count: body.removed })] : []),
            ].join(' · '),
            t('notices.lessons.from', { date: longDate(body.from, language) }),
          ],
          to: `${notice.part === 'administrator' ? '/admin/timetable' : '/week'}?day=${dayOf(body.from)}`,
        };
      case 'pairing':
        return {
          title: t(`notices.pairing.${body.what}`),
          lines: [
            `${body.master} → ${body.remotes.join(t('common.separator'))}`,
            body.subjects.join(t('common.separator')),
            ...(body.reason ? [t('notices.because', { reason: body.reason })] : []),
            ...(body.made > 0 ? [t('notices.lessons.made', { count: body.made })] : []),
            ...(body.removed > 0 ? [t('notices.lessons.removed', { count: body.removed })] : []),
          ],
          to: notice.pairingId && `/admin/pairings/${notice.pairingId}`,
        };
      case 'answer':
        return {
          title: t(`notices.answer.${body.answer}`, { name: notice.byName ?? '' }),
          lines: [
            `${nameOf(body.lesson)} · ${t(`notices.as.${body.part}`)}`,
            whenOf(speech, { start: body.start, period: null }),
          ],
          to: '/admin/invitations',
        };
    }
  };
}

/** All that is different, the gravest first: it gives the title. */
function lessonWords(speech: Speech, { lesson, was, now }: LessonNews): Omit<NoticeWords, 'to'> {
  const { t } = speech;
  const name = nameOf(lesson);
  if (!now)
    return {
      title: t(`notices.lesson.gone.${was?.part ?? 'teacher'}`, { lesson: name }),
      lines: was ? [whenOf(speech, was), lesson.organizationName] : [],
    };
  if (!was || was.part !== now.part)
    return {
      title: t(`notices.lesson.new.${now.part}`, { lesson: name }),
      lines: [whenOf(speech, now), whoOf(speech, now, lesson)],
    };
  const isMoved = was.start !== now.start || was.end !== now.end || was.period !== now.period;
  const isOff = now.cancelled !== null;
  const what = [
    ...(isOff && was.cancelled === null ? ['cancelled' as const] : []),
    ...(!isOff && was.cancelled !== null ? ['restored' as const] : []),
    ...(isMoved ? ['moved' as const] : []),
    ...(was.teacher !== now.teacher ? ['teacher' as const] : []),
    ...(was.room !== now.room ? ['room' as const] : []),
    ...(was.assistant !== now.assistant ? ['assistant' as const] : []),
  ];
  const nobody = t('notices.nobody');
  return {
    title: t(`notices.lesson.${what[0] ?? 'moved'}`, { lesson: name }),
    lines: [
      ...(isMoved && !isOff
        ? [
            t('notices.fromTime', { when: whenOf(speech, was) }),
            t('notices.toTime', { when: whenOf(speech, now) }),
          ]
        : [whenOf(speech, isMoved ? was : now)]),
      ...(now.cancelled ? [t('notices.because', { reason: now.cancelled })] : []),
      ...(was.teacher !== now.teacher
        ? [t('notices.changed.teacher', { from: was.teacher, to: now.teacher })]
        : []),
      ...(was.room !== now.room ? [t('notices.changed.room', { from: was.room, to: now.room })] : []),
      ...(was.assistant !== now.assistant
        ? [t('notices.changed.assistant', { from: was.assistant ?? nobody, to: now.assistant ?? nobody })]
        : []),
    ],
  };
}

function placeOf({ lessonId }: Notice, { lesson, was, now }: LessonNews): string {
  const { part, organizationId, start } = (now ?? was)!;
  const day = dayOf(start);
  if (part === 'guest' || part === 'reviewer') return '/invitations';
  if (part !== 'administrator') return `/week?day=${day}`;
  const open = lessonId && organizationId === lesson.organizationId ? `&lesson=${lessonId}` : '';
  return `/admin/timetable?school=${organizationId}&day=${day}${open}`;
}

const dayOf = (at: number): string => dayAndMinuteOf(at, schoolTimeZone()).day;

const nameOf = ({ subject, className, title }: NoticeLesson): string =>
  [title.startsWith(subject) ? null : subject, className ?? title].filter(Boolean).join(' · ');

/** 第3节，11月24日 星期二 08:50 */
const whenOf = (
  { t, language }: Speech,
  { start, end, period }: Pick<LessonStanding, 'start' | 'period'> & { end?: number },
): string =>
  [
    ...(period === null ? [] : [t('today.period', { period })]),
    longDate(start, language),
    end === undefined
      ? clockTime(start, language)
      : t('today.range', { from: clockTime(start, language), to: clockTime(end, language) }),
  ].join(' ');

const whoOf = ({ t }: Speech, { part, teacher, room }: LessonStanding, lesson: NoticeLesson): string =>
  [part === 'teacher' ? null : t('notices.taughtBy', { name: teacher }), room, lesson.organizationName]
    .filter(Boolean)
    .join(' · ');

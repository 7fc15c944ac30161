import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Lesson } from '#protocol/domain.ts';

export interface CalendarEvent {
  lesson: Lesson;
  changedAt: Date;
}

const HOUR_S = 3600;

/**
 * A person's or a room's lessons as RFC 5545. Times are UTC, so that no calendar has to know the school's zone; a
 * lesson keeps its UID whatever becomes of it, and what is called off stays, as CANCELLED.
 * @param host by which UIDs are told from another platform's.
 */
export function icalOf(name: string, events: readonly CalendarEvent[], host: string): string {
  const calendar = ical({
    name,
    prodId: { company: 'Three Classrooms', product: 'timetable', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: HOUR_S,
  });
  for (const { lesson, changedAt } of events)
    calendar.createEvent({
      id: `${lesson.lessonId}@${host}`,
      sequence: lesson.version - 1,
      stamp: changedAt,
      lastModified: changedAt,
      start: new Date(lesson.plannedStart),
      end: new Date(lesson.plannedEnd),
      summary: summaryOf(lesson),
      location: lesson.masterClassroom.organizationName,
      description: descriptionOf(lesson),
      status: lesson.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}

const summaryOf = ({ subject, title, cancelled }: Lesson): string =>
  `${cancelled ? '[取消] ' : ''}${title.startsWith(subject) ? title : `${subject} ${title}`}`;

function descriptionOf({ teacherName, masterClassroom, remoteClassrooms, cancelled }: Lesson): string {
  const rooms = [masterClassroom, ...remoteClassrooms].map(
    ({ organizationName, name, classGroupName, period }) =>
      [organizationName, classGroupName, name, period === null ? null : `第${period}节`]
        .filter(Boolean)
        .join(' '),
  );
  return [teacherName, ...rooms, ...(cancelled ? [cancelled.reason] : [])].join('\n');
}

import type { Generated, JSONColumnType } from 'kysely';
import type { LessonChange } from '#protocol/timetable.ts';
import type { Moment } from '../schema.ts';

type MomentLater = Generated<Date | null>;
type Weeks = 'all' | 'odd' | 'even';

/** Days are 'YYYY-MM-DD', minutes count from the school's midnight, weekdays from Monday = 1. */
export interface TimetableTables {
  term: {
    id: string;
    organization_id: string;
    name: string;
    starts_on: string;
    ends_on: string;
    version: Generated<number>;
  };
  term_day: {
    term_id: string;
    day: string;
    kind: 'holiday' | 'workday';
    /** Whose lessons are held on a `workday`. */
    follows_weekday: number | null;
    name: string;
  };
  /** A school's bells from a day on; a teaching point without any has its school's. */
  bell_schedule: {
    id: string;
    organization_id: string;
    name: string;
    starts_on: string;
    version: Generated<number>;
  };
  bell_period: { schedule_id: string; period: number; starts_minute: number; ends_minute: number };
  pairing: {
    id: string;
    /** The master class's school. */
    organization_id: string;
    term_id: string;
    master_class_group_id: string;
    master_classroom_id: string;
    state: 'draft' | 'pending' | 'active' | 'frozen' | 'expired' | 'cancelled';
    auto_open: Generated<boolean>;
    note: Generated<string>;
    cancel_reason: Generated<string | null>;
    created_by: string;
    created_at: Moment;
    approved_by: Generated<string | null>;
    approved_at: MomentLater;
    version: Generated<number>;
  };
  pairing_course: { pairing_id: string; course_id: string; teacher_id: string };
  pairing_remote: {
    pairing_id: string;
    organization_id: string;
    class_group_id: string;
    classroom_id: string;
    assistant_id: string | null;
    position: number;
    approved_by: Generated<string | null>;
    approved_at: MomentLater;
  };
  pairing_slot: {
    id: string;
    pairing_id: string;
    course_id: string;
    weekday: number;
    /** Of the master school's bells. */
    period: number;
    weeks: Generated<Weeks>;
  };
  /** A school's own lesson, known so that clashes are. */
  local_lesson: {
    id: string;
    organization_id: string;
    term_id: string;
    class_group_id: string;
    weekday: number;
    period: number;
    weeks: Generated<Weeks>;
    subject: string;
    teacher_id: string | null;
    classroom_id: string | null;
  };
  rubric: {
    id: string;
    organization_id: string;
    title: string;
    items: JSONColumnType<object[]>;
    archived_at: MomentLater;
    version: Generated<number>;
  };
  invitation: {
    lesson_id: string;
    account_id: string;
    part: 'guest' | 'reviewer';
    state: 'invited' | 'accepted' | 'declined';
    invited_by: string;
    invited_at: Moment;
    answered_at: MomentLater;
  };
  series: {
    id: string;
    organization_id: string;
    title: string;
    summary: Generated<string>;
    state: 'draft' | 'published' | 'withdrawn';
    created_by: string;
    published_at: MomentLater;
    version: Generated<number>;
  };
  series_lesson: { series_id: string; lesson_id: string; position: number };
  /** A lesson's history: what people did to it. */
  lesson_change: {
    id: string;
    lesson_id: string;
    at: Moment;
    by_account_id: string;
    what: LessonChange['what'];
    detail: JSONColumnType<LessonChange['detail']>;
  };
  calendar_feed: {
    token_hash: string;
    account_id: string;
    created_at: Moment;
    read_at: MomentLater;
    revoked_at: MomentLater;
  };
}

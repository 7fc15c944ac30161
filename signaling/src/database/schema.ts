import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Question, RightAnswer } from '#protocol/asking.ts';
import type { CoursewareDocument, DocumentKind } from '#protocol/courseware.ts';
import type { FeedRole, LessonMode, LessonState, MediaKind } from '#protocol/domain.ts';
import type { WordClass } from '#protocol/moderation.ts';
import type { RecordingPolicy } from '#protocol/policy.ts';
import type { Span } from '#protocol/rest.ts';
import type { EventBody } from '#protocol/timeline.ts';
import type { AuditTables } from './schema/audit.ts';
import type { DirectoryTables } from './schema/directory.ts';
import type { IntakeTables } from './schema/intake.ts';
import type { JobTables } from './schema/jobs.ts';
import type { LibraryTables } from './schema/library.ts';
import type { NotesTables } from './schema/notes.ts';
import type { NoticeTables } from './schema/notices.ts';
import type { ResourceTables } from './schema/resources.ts';
import type { ReviewTables } from './schema/review.ts';
import type { RosterTables } from './schema/roster.ts';
import type { SignInTables } from './schema/sign-in.ts';
import type { TimetableTables } from './schema/timetable.ts';
import type { ViewTables } from './schema/views.ts';

export type Moment = ColumnType<Date, Date, Date>;
export type MomentOrNull = ColumnType<Date | null, Date | null, Date | null>;

export interface Database
  extends AuditTables,
    DirectoryTables,
    IntakeTables,
    JobTables,
    LibraryTables,
    NotesTables,
    NoticeTables,
    ResourceTables,
    ReviewTables,
    RosterTables,
    SignInTables,
    TimetableTables,
    ViewTables {
  lesson: {
    id: string;
    organization_id: string;
    course_id: string;
    mode: LessonMode;
    state: LessonState;
    title: string;
    period: number | null;
    planned_start: Moment;
    planned_end: Moment;
    actual_start: MomentOrNull;
    actual_end: MomentOrNull;
    teacher_id: string;
    master_classroom_id: string;
    master_class_group_id: string | null;
    /** Decided for this lesson alone; null: as its mode's policy says. */
    recording_policy: Generated<RecordingPolicy | null>;
    term_id: Generated<string | null>;
    pairing_id: Generated<string | null>;
    /** The weekly period that made it, and the day it was made for; both stay when it is moved. */
    slot_id: Generated<string | null>;
    slot_day: Generated<string | null>;
    /** Opens by itself at the bell. */
    auto_open: Generated<boolean>;
    cancelled_at: Generated<Date | null>;
    cancelled_by: Generated<string | null>;
    cancel_reason: Generated<string | null>;
    /** Whose lesson it was before somebody else took it. */
    substitute_for: Generated<string | null>;
    moved_from: Generated<Date | null>;
    rubric_id: Generated<string | null>;
    note: Generated<string>;
    version: Generated<number>;
    /** Moved, substituted or called off by somebody: what made it leaves it alone. */
    changed_by_hand: Generated<boolean>;
    /** Any change, for calendars. */
    changed_at: Generated<Date>;
  };
  lesson_remote: {
    lesson_id: string;
    classroom_id: string;
    class_group_id: string | null;
    assistant_id: string | null;
    position: number;
    /** Of that school's own bells. */
    period: Generated<number | null>;
  };
  timeline_event: {
    lesson_id: string;
    seq: number;
    at: Moment;
    media_ms: number | null;
    type: string;
    body: JSONColumnType<EventBody>;
  };
  seat: { lesson_id: string; participant_id: string; account_id: string; seat_key: string };
  recording: {
    id: string;
    lesson_id: string;
    epoch: Moment;
    duration_ms: number | null;
    finalized_at: MomentOrNull;
  };
  recording_track: {
    recording_id: string;
    track_id: string;
    participant_id: string;
    role: FeedRole;
    kind: MediaKind;
    playlist: string;
    spans: JSONColumnType<Span[]>;
  };
  courseware_document: {
    id: string;
    lesson_id: string;
    account_id: string;
    kind: DocumentKind;
    name: string;
    bytes: ColumnType<string, number, number>;
    /** Name of the blob that was sent, below the document's folder. */
    file: string;
    state: CoursewareDocument['state'];
    created_at: Moment;
  };
  /** A course's question library. */
  course_question: {
    id: string;
    organization_id: string;
    course_id: string;
    question: JSONColumnType<Question>;
    answer: JSONColumnType<RightAnswer> | null;
    added_by: string;
    added_at: Moment;
  };
  /** One row for each bureau that keeps sensitive words. */
  sensitive_list: { organization_id: string; version: number };
  sensitive_word: {
    id: string;
    organization_id: string;
    word: string;
    /** As it is compared (`moderation/fold.ts`). */
    folded: string;
    word_class: WordClass;
    /** The import that brought it. */
    batch_id: string;
    added_by: string;
    added_at: Moment;
  };
  ingest_key: { token_hash: string; lesson_id: string; account_id: string; expires_at: Moment };
}

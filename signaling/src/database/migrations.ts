import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { RESOURCES } from './migrations/0004-resources.ts';
import { NOTES } from './migrations/0005-notes.ts';
import { REVIEW } from './migrations/0006-review.ts';
import { LIBRARY } from './migrations/0007-library.ts';
import { INTAKE } from './migrations/0008-intake.ts';
import { JOBS } from './migrations/0009-jobs.ts';
import { DIRECTING } from './migrations/0010-directing.ts';
import { VIEWS } from './migrations/0011-views.ts';
import { DIRECTORY } from './migrations/0012-directory.ts';
import { SIGN_IN } from './migrations/0013-sign-in.ts';
import { TIMETABLE } from './migrations/0014-timetable.ts';
import { AUDIT } from './migrations/0015-audit.ts';
import { ROSTER } from './migrations/0016-roster.ts';
import { HELD } from './migrations/0020-held.ts';
import { REFERENCE } from './migrations/0021-reference.ts';
import { LESSON_CHANGES } from './migrations/0022-lesson-changes.ts';
import { NOTICES } from './migrations/0030-notices.ts';
import { ROOM_PRESENCE } from './migrations/0033-room-presence.ts';
import { ROSTER_MISSING } from './migrations/0036-roster-missing.ts';

/* Written in SQL that PostgreSQL 15 and PGlite both know. A migration that has shipped is never changed. */
const COURSEWARE = [
  `create table courseware_document (
    id text primary key, lesson_id text not null references lesson(id) on delete cascade,
    account_id text not null references account(id),
    kind text not null check (kind in ('pdf', 'slides', 'image', 'clip', 'photo')),
    name text not null, bytes bigint not null, file text not null,
    state text not null check (state in ('processing', 'ready', 'failed')),
    created_at timestamptz not null)`,
  'create index courseware_document_by_lesson on courseware_document (lesson_id)',
];

const FIRST = [
  `create table organization (
    id text primary key, parent_id text references organization(id),
    kind text not null check (kind in ('bureau', 'school', 'teachingPoint')), name text not null)`,
  `create table account (
    id text primary key, organization_id text not null references organization(id),
    kind text not null check (kind in ('person', 'classroom')), name text not null)`,
  `create table account_role (
    account_id text not null references account(id) on delete cascade,
    organization_id text not null references organization(id), role text not null,
    primary key (account_id, organization_id, role))`,
  `create table classroom (
    id text primary key references account(id) on delete cascade,
    organization_id text not null references organization(id), name text not null)`,
  `create table class_group (
    id text primary key, organization_id text not null references organization(id),
    name text not null, grade text not null)`,
  `create table class_group_member (
    class_group_id text not null references class_group(id) on delete cascade,
    account_id text not null references account(id) on delete cascade,
    primary key (class_group_id, account_id))`,
  `create table course (
    id text primary key, organization_id text not null references organization(id),
    title text not null, subject text not null, grade text not null)`,
  `create table lesson (
    id text primary key, organization_id text not null references organization(id),
    course_id text not null references course(id),
    mode text not null check (mode in ('delivery', 'master', 'open')),
    state text not null check (state in ('scheduled', 'open', 'live', 'ended', 'ready')),
    title text not null, period int,
    planned_start timestamptz not null, planned_end timestamptz not null,
    actual_start timestamptz, actual_end timestamptz,
    teacher_id text not null references account(id),
    master_classroom_id text not null references classroom(id),
    master_class_group_id text references class_group(id),
    check (planned_end > planned_start))`,
  'create index lesson_by_planned_start on lesson (planned_start)',
  'create index lesson_by_state on lesson (state)',
  `create table lesson_remote (
    lesson_id text not null references lesson(id) on delete cascade,
    classroom_id text not null references classroom(id),
    class_group_id text references class_group(id),
    assistant_id text references account(id), position int not null,
    primary key (lesson_id, classroom_id))`,
  `create table timeline_event (
    lesson_id text not null references lesson(id) on delete cascade,
    seq int not null, at timestamptz not null, media_ms double precision,
    type text not null, body jsonb not null, primary key (lesson_id, seq))`,
  `create table seat (
    lesson_id text not null references lesson(id) on delete cascade, participant_id text not null,
    account_id text not null references account(id), seat_key text not null,
    primary key (lesson_id, participant_id))`,
  `create table recording (
    id text primary key, lesson_id text not null references lesson(id),
    epoch timestamptz not null, duration_ms double precision, finalized_at timestamptz)`,
  'create unique index recording_by_lesson on recording (lesson_id)',
  `create table recording_track (
    recording_id text not null references recording(id), track_id text not null,
    participant_id text not null, role text not null, kind text not null,
    playlist text not null, spans jsonb not null, primary key (recording_id, track_id))`,
  `create table session (
    token_hash text primary key, account_id text not null references account(id) on delete cascade,
    expires_at timestamptz not null)`,
  `create table ingest_key (
    token_hash text primary key, lesson_id text not null references lesson(id) on delete cascade,
    account_id text not null references account(id), expires_at timestamptz not null)`,
];

const QUESTIONS = [
  `create table course_question (
    id text primary key, organization_id text not null references organization(id),
    course_id text not null references course(id) on delete cascade,
    question jsonb not null, answer jsonb,
    added_by text not null references account(id), added_at timestamptz not null)`,
  'create index course_question_by_course on course_question (course_id, added_at)',
  `create table sensitive_list (
    organization_id text primary key references organization(id), version int not null)`,
  `create table sensitive_word (
    id text primary key, organization_id text not null references organization(id),
    word text not null, folded text not null,
    word_class text not null check (word_class in ('block', 'hold')),
    batch_id text not null, added_by text not null references account(id), added_at timestamptz not null)`,
  'create unique index sensitive_word_by_folded on sensitive_word (organization_id, folded)',
  'create index sensitive_word_by_batch on sensitive_word (organization_id, batch_id)',
];

const MIGRATIONS: Record<string, Migration> = {
  '0001_first': statements(FIRST),
  '0002_courseware': statements(COURSEWARE),
  '0003_questions': statements(QUESTIONS),
  '0004_resources': statements(RESOURCES),
  '0005_notes': statements(NOTES),
  '0006_review': statements(REVIEW),
  '0007_library': statements(LIBRARY),
  '0008_intake': statements(INTAKE),
  '0009_jobs': statements(JOBS),
  '0010_directing': statements(DIRECTING),
  '0011_views': statements(VIEWS),
  '0012_directory': statements(DIRECTORY),
  '0013_sign_in': statements(SIGN_IN),
  '0014_timetable': statements(TIMETABLE),
  '0015_audit': statements(AUDIT),
  '0016_roster': statements(ROSTER),
  '0020_held': statements(HELD),
  '0021_reference': statements(REFERENCE),
  '0022_lesson_changes': statements(LESSON_CHANGES),
  '0030_notices': statements(NOTICES),
  '0033_room_presence': statements(ROOM_PRESENCE),
  '0036_roster_missing': statements(ROSTER_MISSING),
};

function statements(all: readonly string[]): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const statement of all) await sql.raw(statement).execute(db);
    },
  };
}

export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => MIGRATIONS },
    // Parts that are built side by side land their numbers in any order; none rests on a later one.
    allowUnorderedMigrations: true,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/*
 * What people attach to the time of a replay. Each row belongs to one subject: a lesson's replay or a resource of the
 * library. Notes and comments keep the time of the recording that they were written at, so that an edit of the resource
 * moves none of them; where there is no recording it is the film's own time.
 */
const SUBJECT = `
    organization_id text not null references organization(id),
    subject_id text not null,
    lesson_id text references lesson(id) on delete cascade,
    resource_id text references resource(id) on delete cascade,
    check (subject_id = coalesce(lesson_id, resource_id)), check (lesson_id is null or resource_id is null)`;

export const NOTES = [
  `create table watch_progress (
    account_id text not null references account(id) on delete cascade, ${SUBJECT},
    position_ms double precision not null, furthest_ms double precision not null,
    watched_ms double precision not null, duration_ms double precision not null,
    completed boolean not null, updated_at timestamptz not null,
    primary key (account_id, subject_id))`,
  'create index watch_progress_recent on watch_progress (account_id, updated_at)',
  'create index watch_progress_by_lesson on watch_progress (lesson_id)',
  'create index watch_progress_by_resource on watch_progress (resource_id)',
  `create table caption (
    id text primary key, ${SUBJECT},
    language text not null, label text not null, version int not null,
    removed_at timestamptz)`,
  'create unique index caption_by_language on caption (subject_id, language)',
  `create table caption_version (
    caption_id text not null references caption(id) on delete cascade, version int not null,
    cues jsonb not null, cue_count int not null,
    saved_by text not null references account(id), saved_at timestamptz not null,
    primary key (caption_id, version))`,
  `create table study_note (
    id text primary key, account_id text not null references account(id) on delete cascade, ${SUBJECT},
    at_recording_id text, at_ms double precision not null, text text not null,
    created_at timestamptz not null, edited_at timestamptz, removed_at timestamptz)`,
  'create index study_note_by_subject on study_note (account_id, subject_id)',
  `create table timed_comment (
    id text primary key, account_id text not null references account(id) on delete cascade, ${SUBJECT},
    reply_to text references timed_comment(id) on delete cascade,
    at_recording_id text, at_ms double precision not null, text text not null, held boolean not null,
    created_at timestamptz not null, removed_at timestamptz, removed_by text references account(id))`,
  'create index timed_comment_by_subject on timed_comment (subject_id, created_at)',
  'create index timed_comment_by_account on timed_comment (account_id, created_at)',
];

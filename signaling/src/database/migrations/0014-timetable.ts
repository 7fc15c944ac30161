/** Terms, bells, pairings and what they make. Days are 'YYYY-MM-DD' of the school's calendar, minutes are of its day. */
export const TIMETABLE = [
  `create table term (
    id text primary key, organization_id text not null references organization(id),
    name text not null, starts_on text not null, ends_on text not null, version int not null default 1,
    check (ends_on > starts_on))`,
  'create index term_by_organization on term (organization_id, starts_on)',
  // A holiday, or a day on which the lessons of another weekday are held (调休).
  `create table term_day (
    term_id text not null references term(id) on delete cascade, day text not null,
    kind text not null check (kind in ('holiday', 'workday')), follows_weekday int, name text not null,
    primary key (term_id, day))`,
  `create table bell_schedule (
    id text primary key, organization_id text not null references organization(id),
    name text not null, starts_on text not null, version int not null default 1)`,
  'create unique index bell_schedule_by_start on bell_schedule (organization_id, starts_on)',
  `create table bell_period (
    schedule_id text not null references bell_schedule(id) on delete cascade, period int not null,
    starts_minute int not null, ends_minute int not null, check (ends_minute > starts_minute),
    primary key (schedule_id, period))`,
  `create table pairing (
    id text primary key, organization_id text not null references organization(id),
    term_id text not null references term(id), master_class_group_id text not null references class_group(id),
    master_classroom_id text not null references classroom(id),
    state text not null check (state in ('draft', 'pending', 'active', 'frozen', 'expired', 'cancelled')),
    auto_open boolean not null default true, note text not null default '', cancel_reason text,
    created_by text not null references account(id), created_at timestamptz not null,
    approved_by text references account(id), approved_at timestamptz, version int not null default 1)`,
  'create index pairing_by_organization on pairing (organization_id, term_id)',
  `create table pairing_course (
    pairing_id text not null references pairing(id) on delete cascade,
    course_id text not null references course(id), teacher_id text not null references account(id),
    primary key (pairing_id, course_id))`,
  `create table pairing_remote (
    pairing_id text not null references pairing(id) on delete cascade,
    organization_id text not null references organization(id),
    class_group_id text not null references class_group(id),
    classroom_id text not null references classroom(id), assistant_id text references account(id),
    position int not null, approved_by text references account(id), approved_at timestamptz,
    primary key (pairing_id, class_group_id))`,
  'create index pairing_remote_by_organization on pairing_remote (organization_id)',
  // Which weekly periods (the master school's) a pairing takes; weeks are counted from the term's first.
  `create table pairing_slot (
    id text primary key, pairing_id text not null references pairing(id) on delete cascade,
    course_id text not null references course(id), weekday int not null check (weekday between 1 and 7),
    period int not null, weeks text not null default 'all' check (weeks in ('all', 'odd', 'even')))`,
  'create index pairing_slot_by_pairing on pairing_slot (pairing_id)',
  // A school's own lesson, which nobody shares: known so that clashes are.
  `create table local_lesson (
    id text primary key, organization_id text not null references organization(id),
    term_id text not null references term(id), class_group_id text not null references class_group(id),
    weekday int not null check (weekday between 1 and 7), period int not null,
    weeks text not null default 'all' check (weeks in ('all', 'odd', 'even')),
    subject text not null, teacher_id text references account(id), classroom_id text references classroom(id))`,
  'create index local_lesson_by_class on local_lesson (class_group_id, term_id, weekday)',
  'create index local_lesson_by_teacher on local_lesson (teacher_id, term_id, weekday)',
  'create index local_lesson_by_classroom on local_lesson (classroom_id, term_id, weekday)',
  'create index local_lesson_by_organization on local_lesson (organization_id, term_id)',
  `create table rubric (
    id text primary key, organization_id text not null references organization(id),
    title text not null, items jsonb not null, archived_at timestamptz, version int not null default 1)`,
  `alter table lesson
    add column term_id text references term(id), add column pairing_id text references pairing(id),
    add column slot_id text references pairing_slot(id) on delete set null, add column slot_day text,
    add column auto_open boolean not null default false,
    add column cancelled_at timestamptz, add column cancelled_by text references account(id),
    add column cancel_reason text, add column substitute_for text references account(id),
    add column moved_from timestamptz, add column rubric_id text references rubric(id),
    add column note text not null default '', add column version int not null default 1`,
  'create unique index lesson_by_slot on lesson (slot_id, slot_day)',
  'create index lesson_by_teacher on lesson (teacher_id, planned_start)',
  'create index lesson_by_master_classroom on lesson (master_classroom_id, planned_start)',
  'create index lesson_by_master_class on lesson (master_class_group_id, planned_start)',
  'create index lesson_by_organization on lesson (organization_id, planned_start)',
  'create index lesson_by_pairing on lesson (pairing_id)',
  // The period of the remote school's own bells.
  'alter table lesson_remote add column period int',
  'create index lesson_remote_by_classroom on lesson_remote (classroom_id)',
  'create index lesson_remote_by_class on lesson_remote (class_group_id)',
  'create index lesson_remote_by_assistant on lesson_remote (assistant_id)',
  `create table invitation (
    lesson_id text not null references lesson(id) on delete cascade,
    account_id text not null references account(id) on delete cascade,
    part text not null check (part in ('guest', 'reviewer')),
    state text not null check (state in ('invited', 'accepted', 'declined')),
    invited_by text not null references account(id), invited_at timestamptz not null, answered_at timestamptz,
    primary key (lesson_id, account_id))`,
  'create index invitation_by_account on invitation (account_id)',
  // Open lessons that a school publishes as one programme (开放课).
  `create table series (
    id text primary key, organization_id text not null references organization(id),
    title text not null, summary text not null default '',
    state text not null check (state in ('draft', 'published', 'withdrawn')),
    created_by text not null references account(id), published_at timestamptz, version int not null default 1)`,
  `create table series_lesson (
    series_id text not null references series(id) on delete cascade,
    lesson_id text not null references lesson(id) on delete cascade, position int not null,
    primary key (series_id, lesson_id))`,
  'create index series_lesson_by_lesson on series_lesson (lesson_id)',
  `create table calendar_feed (
    token_hash text primary key, account_id text not null references account(id) on delete cascade,
    created_at timestamptz not null, read_at timestamptz, revoked_at timestamptz)`,
  'create index calendar_feed_by_account on calendar_feed (account_id)',
];

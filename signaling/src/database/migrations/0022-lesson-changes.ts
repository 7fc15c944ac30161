/** What was changed of a lesson after it was made. */
export const LESSON_CHANGES = [
  // Changed by hand: what made it leaves it alone from then on. `changed_at` is of any change, for calendars.
  `alter table lesson
    add column changed_by_hand boolean not null default false,
    add column changed_at timestamptz not null default now()`,
  `create table lesson_change (
    id text primary key, lesson_id text not null references lesson(id) on delete cascade,
    at timestamptz not null, by_account_id text not null references account(id),
    what text not null check (what in ('planned', 'moved', 'substituted', 'cancelled', 'restored')),
    detail jsonb not null)`,
  'create index lesson_change_by_lesson on lesson_change (lesson_id, at)',
];

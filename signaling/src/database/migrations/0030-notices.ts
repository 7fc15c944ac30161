/** What people are told of a change, in its own transaction. */
export const NOTICES = [
  // Of one matter somebody has one unread notice, which grows with it. `withdrawn_at`: it is true no more.
  // `stirred_at`, by the database's clock, is of any change: every process finds by it whose pages are to hear.
  `create table notice (
    id text primary key, account_id text not null references account(id) on delete cascade,
    part text not null, matter text not null,
    by_account_id text references account(id) on delete set null,
    lesson_id text references lesson(id) on delete set null,
    pairing_id text references pairing(id) on delete set null,
    body jsonb not null, at timestamptz not null default clock_timestamp(),
    read_at timestamptz, withdrawn_at timestamptz,
    stirred_at timestamptz not null default clock_timestamp())`,
  `create unique index notice_unread on notice (account_id, matter)
    where read_at is null and withdrawn_at is null`,
  'create index notice_by_account on notice (account_id, at)',
  'create index notice_by_lesson on notice (lesson_id)',
  'create index notice_by_pairing on notice (pairing_id)',
  'create index notice_by_author on notice (by_account_id)',
  'create index notice_stirred on notice (stirred_at)',
];

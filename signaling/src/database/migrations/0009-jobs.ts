/** Long work: what was asked, how far it is, what it made. pg-boss keeps its own tables beside it. */
export const JOBS = [
  `create table job (
    id text primary key, kind text not null,
    key text not null,
    organization_id text not null references organization(id),
    resource_id text references resource(id) on delete cascade,
    lesson_id text references lesson(id) on delete cascade,
    requested_by text not null references account(id),
    request jsonb not null,
    state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    progress double precision not null default 0,
    waiting boolean not null default false,
    error text,
    queue_id text not null, attempts int not null default 0,
    result_key text, result_bytes bigint, result_sha256 text,
    created_at timestamptz not null, started_at timestamptz, finished_at timestamptz)`,
  'create unique index job_by_key on job (kind, key)',
  'create index job_by_resource on job (resource_id)',
  'create index job_by_lesson on job (lesson_id)',
  "create index job_unfinished on job (state) where state in ('queued', 'running')",
];

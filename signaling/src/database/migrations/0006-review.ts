/** Review, consent, retention and deletion of resources; public streams of open lessons. */
export const REVIEW = [
  `alter table resource
    add column passed text not null default 'none' check (passed in ('none', 'school', 'bureau')),
    add column consent_hidden jsonb not null default '[]',
    add column binned_at timestamptz, add column purge_at timestamptz,
    add column binned_by text references account(id), add column binned_why text,
    add column binned_from text`,
  'create index resource_by_purge on resource (purge_at) where purge_at is not null',
  `create table resource_promise (
    resource_id text not null references resource(id) on delete cascade, version int not null,
    account_id text not null references account(id), name text not null, text_version text not null,
    reach text not null, licence text not null, at timestamptz not null,
    primary key (resource_id, version))`,
  `create table resource_decision (
    resource_id text not null references resource(id) on delete cascade, version int not null,
    level text not null check (level in ('author', 'school', 'bureau')),
    note text not null, primary key (resource_id, version))`,
  `create table review_remark (
    id text primary key, resource_id text not null references resource(id) on delete cascade,
    recording_id text, at_ms double precision, text text not null,
    by_account_id text not null references account(id), at timestamptz not null, done_at timestamptz)`,
  'create index review_remark_by_resource on review_remark (resource_id, at)',
  `create table class_consent (
    id text primary key, organization_id text not null references organization(id),
    class_group_id text not null references class_group(id) on delete cascade,
    scope text not null check (scope in ('none', 'class', 'school', 'public')), note text not null,
    recorded_by text not null references account(id), recorded_at timestamptz not null)`,
  'create index class_consent_by_group on class_consent (class_group_id, recorded_at)',
  `create table live_stream (
    lesson_id text primary key references lesson(id) on delete cascade,
    enabled boolean not null, delay_seconds int not null,
    approved_by text references account(id), approved_at timestamptz,
    stopped_by text references account(id), stopped_at timestamptz)`,
  `create table retention_rule (
    organization_id text not null references organization(id), mode text not null,
    months int, then_do text not null check (then_do in ('delete', 'remind')),
    set_by text not null references account(id), set_at timestamptz not null,
    primary key (organization_id, mode))`,
  `create table retention_notice (
    resource_id text primary key references resource(id) on delete cascade,
    warned_at timestamptz, kept_until timestamptz, kept_by text references account(id))`,
  // Outlives what it tells of: no key to the resource.
  `create table resource_tombstone (
    resource_id text primary key, organization_id text not null references organization(id),
    kind text not null, title text not null, lesson_id text, traces jsonb not null,
    by_account_id text references account(id), why text not null, deleted_at timestamptz not null)`,
  'create index resource_tombstone_by_lesson on resource_tombstone (lesson_id)',
];

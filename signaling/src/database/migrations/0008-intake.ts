/** Files on their way into the library, and what a province's platform may be told of deleted resources. */
export const INTAKE = [
  `create table intake (
    id text primary key, organization_id text not null references organization(id),
    account_id text not null references account(id),
    name text not null, bytes bigint not null, sha256 text,
    state text not null check (state in
      ('receiving', 'proving', 'checking', 'preparing', 'ready', 'failed')),
    kind text check (kind in ('film', 'document', 'image', 'package')),
    failure text, notices jsonb not null default '[]', progress double precision not null default 0,
    fields jsonb not null default '{}', prove jsonb, report jsonb,
    resource_id text references resource(id) on delete set null,
    created_at timestamptz not null, touched_at timestamptz not null)`,
  'create index intake_by_account on intake (account_id, created_at)',
  'create index intake_by_state on intake (state, touched_at)',
  `create table harvest_tombstone (
    resource_id text primary key, organization_id text not null references organization(id),
    at timestamptz not null)`,
  'create index harvest_tombstone_by_at on harvest_tombstone (at)',
];

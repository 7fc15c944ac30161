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
    resource_id text primary key, organization_id text not null, kind text not null, subject text,
    at timestamptz not null)`,
  'create index harvest_tombstone_by_at on harvest_tombstone (at)',
  // Whoever withdraws, narrows or deletes a resource, by whatever way: what was harvestable is remembered as gone.
  `create function harvest_remember() returns trigger language plpgsql as $$
    begin
      if old.state = 'published' and old.reach in ('public', 'county') and
        (tg_op = 'DELETE' or new.state <> 'published' or new.reach not in ('public', 'county'))
      then
        insert into harvest_tombstone (resource_id, organization_id, kind, subject, at)
          values (old.id, old.organization_id, old.kind, old.subject, now())
          on conflict (resource_id) do update set at = excluded.at;
      elsif tg_op = 'UPDATE' and new.state = 'published' and new.reach in ('public', 'county') then
        delete from harvest_tombstone where resource_id = new.id;
      end if;
      return null;
    end $$`,
  `create trigger harvest_remember after update or delete on resource
    for each row execute function harvest_remember()`,
];

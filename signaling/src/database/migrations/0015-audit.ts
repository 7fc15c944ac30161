/**
 * Who did what: each row carries the hash of the one before it. By accident nothing of it is changed: only
 * `prune.ts` lifts the bar, for whole old months.
 */
export const AUDIT = [
  `create table audit_entry (
    seq bigint primary key, id text not null unique, at timestamptz not null,
    account_id text, account_name text not null, role text, organization_id text,
    action text not null, object_kind text, object_id text,
    result text not null check (result in ('ok', 'refused', 'failed')),
    address text not null, detail jsonb not null, previous_hash text not null, hash text not null)`,
  'create index audit_entry_by_organization on audit_entry (organization_id, seq)',
  'create index audit_entry_by_account on audit_entry (account_id, seq)',
  'create index audit_entry_by_at on audit_entry (at)',
  `create function audit_entry_stands() returns trigger language plpgsql as $$
    begin
      if current_setting('three_classrooms.audit_pruning', true) = 'on' and tg_op = 'DELETE' then return old; end if;
      raise exception 'the audit is never changed';
    end $$`,
  `create trigger audit_entry_stands before update or delete on audit_entry
    for each row execute function audit_entry_stands()`,
];

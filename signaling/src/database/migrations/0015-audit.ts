/** Who did what: each row carries the hash of the one before it. */
export const AUDIT = [
  `create table audit_entry (
    seq bigint primary key, at timestamptz not null,
    account_id text, account_name text not null, role text, organization_id text,
    action text not null, object_kind text, object_id text,
    result text not null check (result in ('ok', 'refused', 'failed')),
    address text not null, detail jsonb not null, previous_hash text not null, hash text not null)`,
  'create index audit_entry_by_organization on audit_entry (organization_id, seq)',
  'create index audit_entry_by_account on audit_entry (account_id, seq)',
  'create index audit_entry_by_at on audit_entry (at)',
];

/** How people and rooms prove who they are, and what they are let in with. */
export const SIGN_IN = [
  `create table password (
    account_id text primary key references account(id) on delete cascade,
    hash text not null, changed_at timestamptz not null, must_change boolean not null default false)`,
  `create table totp (
    account_id text primary key references account(id) on delete cascade,
    secret text not null, confirmed_at timestamptz, last_step bigint not null default 0)`,
  `create table recovery_code (
    account_id text not null references account(id) on delete cascade,
    code_hash text not null, used_at timestamptz, primary key (account_id, code_hash))`,
  `create table passkey (
    id text primary key, account_id text not null references account(id) on delete cascade,
    public_key text not null, counter bigint not null default 0, transports jsonb not null default '[]',
    name text not null, created_at timestamptz not null, used_at timestamptz)`,
  'create index passkey_by_account on passkey (account_id)',
  // One row for each account and each address that failed lately.
  `create table sign_in_failure (
    key text primary key, failures int not null, last_at timestamptz not null, locked_until timestamptz)`,
  `create table one_time_link (
    token_hash text primary key, purpose text not null check (purpose in ('firstAdministrator', 'setPassword')),
    account_id text references account(id) on delete cascade, created_by text references account(id),
    created_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz)`,
  `create table identity_link (
    provider text not null, subject text not null,
    account_id text not null references account(id) on delete cascade, linked_at timestamptz not null,
    primary key (provider, subject))`,
  'create index identity_link_by_account on identity_link (account_id)',
  `create table oidc_flow (
    state_hash text primary key, provider text not null, nonce text not null, code_verifier text not null,
    next text not null, account_id text references account(id) on delete cascade, expires_at timestamptz not null)`,
  `create table device (
    id text primary key, classroom_id text not null references classroom(id) on delete cascade,
    name text not null, paired_by text references account(id), paired_at timestamptz not null,
    seen_at timestamptz, revoked_at timestamptz)`,
  'create index device_by_classroom on device (classroom_id)',
  `create table device_pairing (
    code_hash text primary key, classroom_id text not null references classroom(id) on delete cascade,
    created_by text not null references account(id), created_at timestamptz not null,
    expires_at timestamptz not null, used_at timestamptz, device_id text references device(id))`,
  // A session acts as one of its account's roles; null: the account's first.
  `alter table session
    add column id text not null default gen_random_uuid()::text,
    add column role text, add column organization_id text references organization(id),
    add column created_at timestamptz not null default now(),
    add column seen_at timestamptz not null default now(),
    add column address text not null default '', add column agent text not null default '',
    add column strong_at timestamptz, add column way text not null default 'password',
    add column device_id text references device(id) on delete cascade`,
  'create unique index session_by_id on session (id)',
  'create index session_by_account on session (account_id)',
  `create table setting (
    key text primary key, value jsonb not null, version int not null default 1,
    changed_by text references account(id), changed_at timestamptz not null)`,
];

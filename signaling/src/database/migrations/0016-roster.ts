/** Lists on their way in: what was sent, and what would become of every row, until somebody says yes or time is up. */
export const ROSTER = [
  `create table roster_import (
    id text primary key, organization_id text not null references organization(id) on delete cascade,
    created_by text not null references account(id) on delete cascade,
    created_at timestamptz not null, expires_at timestamptz not null,
    state text not null check (state in ('receiving', 'planned', 'applied')),
    busy text check (busy in ('plan', 'apply')), busy_until timestamptz,
    done int not null default 0, total int not null default 0, failure text,
    counts jsonb, digest text, applied_at timestamptz)`,
  'create index roster_import_by_expiry on roster_import (expires_at)',
  // Rows are packed JSON: a county's are many, and they are only ever read all at once.
  `create table roster_file (
    import_id text not null references roster_import(id) on delete cascade,
    name text not null, kind text, encoding text not null, problems jsonb not null,
    row_count int not null, rows bytea not null, position int not null, primary key (import_id, name))`,
  `create table roster_row (
    import_id text not null references roster_import(id) on delete cascade,
    seq int not null, file text not null, line int not null, kind text not null,
    sourced_id text not null, label text not null, fate text not null,
    changes jsonb not null, problems jsonb not null, original text, primary key (import_id, seq))`,
  'create index roster_row_by_fate on roster_row (import_id, fate, seq)',
];

/** The resource library's spine: what there is, how it was at each version, and of which files it is made. */
export const RESOURCES = [
  `create table resource (
    id text primary key, organization_id text not null references organization(id),
    kind text not null check (kind in ('replay', 'microVideo', 'film', 'document', 'image')),
    lesson_id text references lesson(id), author_id text not null references account(id),
    title text not null, description text not null default '',
    state text not null check (state in
      ('draft', 'submitted', 'schoolPassed', 'bureauPassed', 'published', 'withdrawn')),
    version int not null default 1,
    stage text, grade text, subject text, edition text, volume text, chapter text, section text,
    knowledge_points jsonb not null default '[]',
    licence text not null default 'reserved',
    reach text not null default 'classes'
      check (reach in ('classes', 'school', 'county', 'signedIn', 'public', 'password')),
    password_hash text, starts_at timestamptz, ends_at timestamptz,
    programme jsonb, duration_ms double precision, plays int not null default 0,
    created_at timestamptz not null, updated_at timestamptz not null, published_at timestamptz)`,
  'create index resource_by_organization on resource (organization_id, state)',
  'create index resource_by_author on resource (author_id)',
  "create unique index resource_replay_by_lesson on resource (lesson_id) where kind = 'replay'",
  'create index resource_by_published on resource (published_at)',
  `create table resource_version (
    resource_id text not null references resource(id) on delete cascade, version int not null,
    state text not null, title text not null, programme jsonb,
    by_account_id text references account(id), at timestamptz not null, what text not null,
    primary key (resource_id, version))`,
  `create table resource_file (
    resource_id text not null references resource(id) on delete cascade, role text not null,
    blob_key text not null, sha256 text not null, bytes bigint not null, mime text not null,
    primary key (resource_id, role))`,
  'create index resource_file_by_sha256 on resource_file (sha256)',
];

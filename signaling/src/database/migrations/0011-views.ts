/** Who opened which replay, and when. */
export const VIEWS = [
  `create table replay_view (
    id text primary key, lesson_id text references lesson(id) on delete set null,
    resource_id text references resource(id) on delete set null,
    organization_id text not null references organization(id),
    account_id text references account(id), at timestamptz not null, address text not null)`,
  'create index replay_view_by_resource on replay_view (resource_id, at)',
  'create index replay_view_by_lesson on replay_view (lesson_id, at)',
];

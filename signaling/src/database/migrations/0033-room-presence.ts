export const ROOM_PRESENCE = [
  // Whose screen is on, for every process that is asked.
  `create table room_presence (
    classroom_id text primary key references account(id) on delete cascade, seen_at timestamptz not null)`,
  // What rooms found out of themselves, among thousands of strokes.
  "create index timeline_checks on timeline_event (lesson_id, seq) where type = 'check.finished'",
  // Whom a room calls when a partner does not come.
  "alter table organization add column phone text not null default ''",
];

/**
 * The library: what is searched, one row a published resource and one a moment of it; what people keep (favourites,
 * playlists); and who played what on which day.
 *
 * What must be searched anew stands in `search_dirty`, and the database puts it there itself: no writer of resources
 * can forget it, and what is withdrawn is out of the index in the very transaction that withdraws it.
 */
export const LIBRARY = [
  `create table search_entry (
    resource_id text primary key references resource(id) on delete cascade,
    organization_id text not null, author_id text not null, course_id text,
    audience text not null, starts_at timestamptz, ends_at timestamptz,
    published_at timestamptz not null, plays int not null default 0,
    kind text not null, stage text, grade text, subject text, edition text, volume text, chapter text,
    section text, knowledge_points jsonb not null default '[]',
    title text not null, points text not null, places text not null, initials text not null, pinyin text not null,
    terms tsvector not null) with (fillfactor = 85, toast_tuple_target = 512)`,
  // The terms of a lesson with captions are long: beside the row they cost nothing to who reads the rest of it.
  'alter table search_entry alter column terms set storage external',
  'create index search_entry_by_terms on search_entry using gin (terms) with (fastupdate = off)',
  'create index search_entry_by_published on search_entry (published_at desc, resource_id)',
  'create index search_entry_by_audience on search_entry (audience)',
  'create index search_entry_by_course on search_entry (course_id) where course_id is not null',
  "create index resource_by_plays on resource (plays desc, id) where state = 'published'",

  `create table search_moment (
    resource_id text not null references resource(id) on delete cascade,
    source text not null check (source in ('caption', 'chapter', 'page')),
    at_ms double precision, page int, text text not null, folded text not null)`,
  'create index search_moment_by_resource on search_moment (resource_id, at_ms)',

  `create table page_text (
    document_id text references courseware_document(id) on delete cascade,
    resource_id text references resource(id) on delete cascade,
    pages jsonb not null, check ((document_id is null) <> (resource_id is null)))`,
  'create unique index page_text_by_document on page_text (document_id) where document_id is not null',
  'create unique index page_text_by_resource on page_text (resource_id) where resource_id is not null',

  'create table search_dirty (resource_id text primary key, at timestamptz not null)',
  `create function search_again(id text) returns void language sql as $$
    insert into search_dirty (resource_id, at) values (id, clock_timestamp())
    on conflict (resource_id) do update set at = excluded.at
  $$`,
  `create function resource_searched() returns trigger language plpgsql as $$
  begin
    if new.state <> 'published' or new.reach = 'password' or new.binned_at is not null
      or (tg_op = 'UPDATE' and (new.reach <> old.reach or new.organization_id <> old.organization_id)) then
      delete from search_entry where resource_id = new.id;
      delete from search_moment where resource_id = new.id;
    end if;
    if new.state = 'published' then perform search_again(new.id); end if;
    return null;
  end $$`,
  `create trigger resource_searched after insert or update of organization_id, lesson_id, author_id, title,
    description, state, stage, grade, subject, edition, volume, chapter, section, knowledge_points, reach,
    starts_at, ends_at, programme, published_at, binned_at on resource
    for each row execute function resource_searched()`,
  `create function resource_played() returns trigger language plpgsql as $$
  begin
    update search_entry set plays = new.plays where resource_id = new.id;
    return null;
  end $$`,
  `create trigger resource_played after update of plays on resource
    for each row when (new.plays <> old.plays) execute function resource_played()`,
  // Who stands elsewhere in the tree is another county's.
  `create function organization_moved() returns trigger language plpgsql as $$
  begin
    delete from search_entry where audience like 'c:%';
    insert into search_dirty (resource_id, at)
      select id, clock_timestamp() from resource where state = 'published' and reach = 'county'
      on conflict (resource_id) do update set at = excluded.at;
    return null;
  end $$`,
  `create trigger organization_moved after update of parent_id on organization
    for each row when (new.parent_id is distinct from old.parent_id) execute function organization_moved()`,
  // A lesson's captions are those of everything that is cut from it.
  `create function caption_searched() returns trigger language plpgsql as $$
  begin
    insert into search_dirty (resource_id, at)
      select id, clock_timestamp() from resource where state = 'published' and (
        id = new.resource_id or lesson_id = new.lesson_id or (kind = 'microVideo' and new.lesson_id is not null
        and programme -> 'clips' @> jsonb_build_array(jsonb_build_object('lessonId', new.lesson_id))))
      on conflict (resource_id) do update set at = excluded.at;
    return null;
  end $$`,
  `create trigger caption_searched after insert or update on caption
    for each row execute function caption_searched()`,
  'create index resource_by_lesson on resource (lesson_id) where lesson_id is not null',

  `create table favourite (
    account_id text not null references account(id) on delete cascade,
    resource_id text not null references resource(id) on delete cascade,
    organization_id text not null references organization(id), at timestamptz not null,
    primary key (account_id, resource_id))`,
  'create index favourite_by_resource on favourite (resource_id)',
  `create table playlist (
    id text primary key, organization_id text not null references organization(id),
    owner_id text not null references account(id) on delete cascade,
    title text not null, description text not null default '', shared boolean not null default false,
    removed_at timestamptz,
    created_at timestamptz not null, updated_at timestamptz not null)`,
  'create index playlist_by_owner on playlist (owner_id)',
  `create table playlist_item (
    playlist_id text not null references playlist(id) on delete cascade,
    resource_id text not null references resource(id) on delete cascade,
    position int not null, primary key (playlist_id, resource_id))`,
  'create index playlist_item_by_resource on playlist_item (resource_id)',
  `create table play_day (
    resource_id text not null references resource(id) on delete cascade,
    viewer text not null, day date not null, primary key (resource_id, viewer, day))`,
];

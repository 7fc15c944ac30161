/** Organizations, people, rooms and classes as an administration keeps them. */
export const DIRECTORY = [
  `alter table organization
    add column code text, add column ordinal int not null default 0,
    add column archived_at timestamptz, add column version int not null default 1`,
  'create unique index organization_by_code on organization (code)',
  'create index organization_by_parent on organization (parent_id)',
  `alter table account
    add column login text, add column number text,
    add column is_nickname boolean not null default false,
    add column disabled_at timestamptz, add column archived_at timestamptz,
    add column created_at timestamptz not null default now(),
    add column version int not null default 1`,
  'create unique index account_by_login on account (lower(login))',
  'create index account_by_organization on account (organization_id, kind)',
  `alter table account_role
    add column granted_by text references account(id), add column granted_at timestamptz not null default now()`,
  'create index account_role_by_organization on account_role (organization_id, role)',
  `alter table classroom
    add column archived_at timestamptz, add column version int not null default 1`,
  'create index classroom_by_organization on classroom (organization_id)',
  `alter table class_group
    add column stage text, add column enrolled_year int,
    add column classroom_id text references classroom(id),
    add column head_teacher_id text references account(id),
    add column archived_at timestamptz, add column version int not null default 1`,
  'create index class_group_by_organization on class_group (organization_id)',
  'create index class_group_member_by_account on class_group_member (account_id)',
  `alter table course
    add column stage text, add column textbook text,
    add column archived_at timestamptz, add column version int not null default 1`,
  'create index course_by_organization on course (organization_id)',
  `create table reference_item (
    kind text not null check (kind in ('stage', 'grade', 'subject', 'textbook')),
    name text not null, stage text, subject text, position int not null default 0, archived_at timestamptz,
    primary key (kind, name))`,
  // What another system calls a row, below one organization; OneRoster's sourcedId.
  `create table external_id (
    root_id text not null references organization(id) on delete cascade,
    kind text not null, external text not null, id text not null,
    primary key (root_id, kind, external))`,
  'create index external_id_by_id on external_id (kind, id)',
];

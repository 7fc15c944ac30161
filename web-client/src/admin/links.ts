import {
  IconActivity,
  IconBell,
  IconBook2,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconCalendarWeek,
  IconChartBar,
  IconDeviceTv,
  IconFileImport,
  IconHistory,
  IconKey,
  IconLink,
  IconListDetails,
  IconMail,
  IconRocket,
  IconSchool,
  IconTable,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react';
import type { ParseKeys } from 'i18next';
import type { OfficeAction } from '#protocol/office.ts';

export interface AdminLink {
  /** Below /admin. */
  to: string;
  word: ParseKeys;
  /** On the first page: one sentence what is done there. */
  hint?: ParseKeys;
  icon?: typeof IconUsers;
  group: 'people' | 'timetable' | 'safety';
  /** Who may do this somewhere is shown the page. */
  action: OfficeAction;
}

/** The menu of the administration, in its order. */
export const ADMIN_LINKS: readonly AdminLink[] = [
  {
    to: 'start',
    word: 'guide.open',
    hint: 'guide.hint',
    icon: IconRocket,
    group: 'people',
    action: 'directory.edit',
  },
  {
    to: 'organizations',
    word: 'directory.organization.title',
    hint: 'directory.organization.hint',
    icon: IconBuildingCommunity,
    group: 'people',
    action: 'directory.edit',
  },
  {
    to: 'people',
    word: 'directory.person.title',
    hint: 'directory.person.hint',
    icon: IconUsers,
    group: 'people',
    action: 'person.grant',
  },
  {
    to: 'classrooms',
    word: 'directory.room.title',
    hint: 'directory.room.hint',
    icon: IconDeviceTv,
    group: 'people',
    action: 'classroom.pair',
  },
  {
    to: 'class-groups',
    word: 'directory.group.title',
    hint: 'directory.group.hint',
    icon: IconSchool,
    group: 'people',
    action: 'directory.edit',
  },
  {
    to: 'courses',
    word: 'directory.course.title',
    hint: 'directory.course.hint',
    icon: IconBook2,
    group: 'people',
    action: 'directory.edit',
  },
  {
    to: 'reference',
    word: 'directory.reference.title',
    hint: 'directory.reference.hint',
    icon: IconListDetails,
    group: 'people',
    action: 'directory.edit',
  },
  {
    to: 'roster',
    word: 'roster.title',
    hint: 'roster.hint',
    icon: IconFileImport,
    group: 'people',
    action: 'roster.import',
  },
  {
    to: 'terms',
    word: 'terms.title',
    hint: 'terms.menuHint',
    icon: IconCalendarEvent,
    group: 'timetable',
    action: 'term.edit',
  },
  {
    to: 'bells',
    word: 'bells.title',
    hint: 'bells.menuHint',
    icon: IconBell,
    group: 'timetable',
    action: 'term.edit',
  },
  {
    to: 'pairings',
    word: 'pairings.title',
    hint: 'pairings.menuHint',
    icon: IconLink,
    group: 'timetable',
    action: 'pairing.see',
  },
  {
    to: 'timetable',
    word: 'timetable.title',
    hint: 'timetable.menuHint',
    icon: IconCalendarWeek,
    group: 'timetable',
    action: 'timetable.edit',
  },
  {
    to: 'local-lessons',
    word: 'timetable.local.title',
    hint: 'timetable.local.lead',
    icon: IconTable,
    group: 'timetable',
    action: 'timetable.edit',
  },
  {
    to: 'invitations',
    word: 'invitation.title',
    hint: 'invitation.hint',
    icon: IconMail,
    group: 'timetable',
    action: 'invitation.edit',
  },
  {
    to: 'series',
    word: 'series.title',
    hint: 'series.hint',
    icon: IconWorld,
    group: 'timetable',
    action: 'series.edit',
  },
  {
    to: 'now',
    word: 'now.title',
    hint: 'now.hint',
    icon: IconActivity,
    group: 'timetable',
    action: 'alarm.see',
  },
  {
    to: 'attendance',
    word: 'attendance.title',
    hint: 'attendance.hint',
    icon: IconChartBar,
    group: 'timetable',
    action: 'attendance.see',
  },
  {
    to: 'passwords',
    word: 'account.policy.open',
    hint: 'account.policy.hint',
    icon: IconKey,
    group: 'safety',
    action: 'policy.edit',
  },
  {
    to: 'audit',
    word: 'audit.title',
    hint: 'audit.hint',
    icon: IconHistory,
    group: 'safety',
    action: 'audit.read',
  },
];

import { IconActivity, IconChartBar, type IconUsers } from '@tabler/icons-react';
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
];

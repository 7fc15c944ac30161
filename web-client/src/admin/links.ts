import type { ParseKeys } from 'i18next';
import type { OfficeAction } from '#protocol/office.ts';

export interface AdminLink {
  /** Below /admin. */
  to: string;
  word: ParseKeys;
  group: 'people' | 'timetable' | 'safety';
  /** Who may do this somewhere is shown the page. */
  action: OfficeAction;
}

/** The menu of the administration, in its order. */
export const ADMIN_LINKS: readonly AdminLink[] = [];

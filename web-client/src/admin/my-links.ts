import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { ADMIN_LINKS, type AdminLink } from './links.ts';

const GROUPS: readonly AdminLink['group'][] = ['people', 'timetable', 'safety'];

/** What somebody may open of the administration, by group; a group without a page is left out. */
export const linksFor = ({ role }: Account) =>
  GROUPS.map((group) => ({
    group,
    links: ADMIN_LINKS.filter((link) => link.group === group && scopeOf(role, link.action) !== null),
  })).filter(({ links }) => links.length > 0);

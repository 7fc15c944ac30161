import type { Account } from '#protocol/domain.ts';

export interface School {
  organizationId: string;
  name: string;
  people: Account[];
  rooms: Account[];
}

/** Demo accounts by organization, in the platform's order. */
export function schools(accounts: readonly Account[]): School[] {
  const byId = new Map<string, School>();
  for (const account of accounts) {
    const { organizationId, organizationName: name } = account;
    const school = byId.get(organizationId) ?? { organizationId, name, people: [], rooms: [] };
    byId.set(organizationId, school);
    (account.kind === 'classroom' ? school.rooms : school.people).push(account);
  }
  return [...byId.values()];
}

import type { Organization, PersonRole, PersonState } from '#protocol/directory.ts';
import type { OrganizationKind } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';

/** What stands in files that schools keep; `web-client/src/i18n` has the same words for the pages. */
export const KIND_WORDS: Record<OrganizationKind, string> = {
  bureau: '教育局',
  school: '学校',
  teachingPoint: '教学点',
};

export const ROLE_WORDS: Record<PersonRole, string> = {
  administrator: '管理员',
  security: '安全管理员',
  auditor: '审计管理员',
  researcher: '教研员',
  teacher: '老师',
  assistant: '助教',
  operator: '录播老师',
  student: '学生',
};

export const STATE_WORDS: Record<PersonState, string> = {
  active: '在用',
  disabled: '已停用',
  archived: '已离校',
};
export const stateWord = (archivedAt: number | null): string => (archivedAt === null ? '在用' : '已停用');

/** The names from the top of what is known down to each organization. */
export function pathsOf(all: readonly Organization[]): Map<Id, string[]> {
  const known = new Map(all.map((one) => [one.organizationId, one]));
  const paths = new Map<Id, string[]>();
  for (const one of all) {
    // From below upwards until something is known: deep trees do not overflow.
    const chain = [one];
    for (let at = one; at.parentId !== null; ) {
      const parent = known.get(at.parentId);
      if (!parent || paths.has(at.organizationId)) break;
      chain.push(parent);
      at = parent;
    }
    for (const next of chain.reverse()) {
      const above = next.parentId === null ? undefined : paths.get(next.parentId);
      paths.set(next.organizationId, [...(above ?? []), next.name]);
    }
  }
  return paths;
}

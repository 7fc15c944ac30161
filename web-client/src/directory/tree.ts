import type { Organization } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';

/** An organization in its place of the tree. */
export interface Branch {
  organization: Organization;
  /** 0 at the top of what one sees. */
  level: number;
  children: Branch[];
}

/** The trees that a list makes, in its order; what has no parent in the list stands at the top. */
export function treeOf(all: readonly Organization[]): Branch[] {
  const branches = new Map(
    all.map((organization) => [
      organization.organizationId,
      { organization, level: 0, children: [] as Branch[] },
    ]),
  );
  const top: Branch[] = [];
  for (const branch of branches.values()) {
    const parent =
      branch.organization.parentId === null ? undefined : branches.get(branch.organization.parentId);
    (parent ? parent.children : top).push(branch);
  }
  // From the top down, without calling itself: a tree may be deeper than a stack.
  for (const queue = [...top]; queue.length > 0; ) {
    const branch = queue.pop()!;
    for (const child of branch.children) {
      child.level = branch.level + 1;
      queue.push(child);
    }
  }
  return top;
}

/** The lines of the tree as one reads it, going into what is `open`. */
export function linesOf(top: readonly Branch[], open: (branch: Branch) => boolean): Branch[] {
  const lines: Branch[] = [];
  for (const stack = [...top].reverse(); stack.length > 0; ) {
    const branch = stack.pop()!;
    lines.push(branch);
    if (open(branch)) stack.push(...branch.children.toReversed());
  }
  return lines;
}

/** What has the words in its name or code, and everything that lies above it. */
export function withAbove(all: readonly Organization[], search: string): Organization[] {
  const known = new Map(all.map((one) => [one.organizationId, one]));
  const kept = new Set<Id>();
  for (const one of all) {
    if (!`${one.name}\n${one.code ?? ''}`.toLowerCase().includes(search.toLowerCase())) continue;
    let at: Organization | undefined = one;
    while (at && !kept.has(at.organizationId)) {
      kept.add(at.organizationId);
      at = at.parentId === null ? undefined : known.get(at.parentId);
    }
  }
  return all.filter(({ organizationId }) => kept.has(organizationId));
}

/** An organization's name with those above it, where two have the same: `河口镇 / 中心小学`. */
export function labelsOf(all: readonly Organization[]): { value: Id; label: string }[] {
  const known = new Map(all.map((one) => [one.organizationId, one]));
  const count = Map.groupBy(all, ({ name }) => name);
  return linesOf(treeOf(all), () => true).map(({ organization: { organizationId, name, parentId } }) => {
    const parent = parentId === null ? undefined : known.get(parentId);
    return {
      value: organizationId,
      label: count.get(name)!.length > 1 && parent ? `${parent.name} / ${name}` : name,
    };
  });
}

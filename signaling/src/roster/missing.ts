import type { RosterKind, RosterMissing } from '#protocol/roster.ts';
import { Entry } from './entry.ts';
import { idOfOwn, ownSourcedId } from './oneroster.ts';
import type { Planning } from './planning.ts';

interface Told {
  /** Rows of the database that the files speak of. */
  ids: Set<string>;
  /** Where: organizations of people and classes, classes of memberships. */
  places: Set<string>;
  /** The file gives back what was exported here. */
  ours: boolean;
}

/** Their roles are given by hand, and no list takes them. */
const BY_HAND = ['administrator', 'security', 'auditor'];

/**
 * What these lists brought before and have no more: people, classes and who is in them. Only where the files speak of
 * the place at all, and only what has its name from an import here: what was entered by hand nobody else can know.
 * @param whole of which kinds the files tell everything
 */
export function missingRows(
  planning: Planning,
  entries: readonly Entry[],
  { whole, missing }: { whole: ReadonlySet<RosterKind>; missing: RosterMissing },
): Entry[] {
  const of = (kind: 'users' | 'classes') => {
    const told = toldOf(entries, kind);
    if (!whole.has(kind)) return [];
    return [...planning.existing[kind].values()].filter(
      (one) =>
        !one.archived &&
        !told.ids.has(one.id) &&
        told.places.has(one.organizationId) &&
        (told.ours || planning.existing.named.has(`${kind} ${one.id}`)) &&
        !('roles' in one && one.roles.some(({ role }) => BY_HAND.includes(role))),
    );
  };
  const [people, groups] = [of('users'), of('classes')];
  const gone = new Set([...people, ...groups].map(({ id }) => id));
  const row = (kind: RosterKind, id: string, label: string) => {
    const cells = { sourcedId: ownSourcedId(id) };
    const entry = new Entry('', kind, { line: 0, original: '', cells, broken: null });
    entry.id = id;
    entry.label = label;
    entry.fate = missing === 'archive' ? 'left' : 'kept';
    // Nothing is refused for what a list does not say.
    if (missing === 'archive' && planning.existing.teaching.has(id)) {
      entry.fate = 'kept';
      entry.problems.push({ field: 'status', issue: 'inUse', value: '' });
    }
    return entry;
  };
  return [
    ...people.map(({ id, name }) => row('users', id, name)),
    ...groups.map(({ id, name, organizationId }) =>
      row('classes', id, `${planning.nameOf(organizationId)} ${name}`),
    ),
    ...(whole.has('enrollments') ? missingMembers(planning, entries, { gone, row }) : []),
  ];
}

function missingMembers(
  { existing }: Planning,
  entries: readonly Entry[],
  { gone, row }: { gone: ReadonlySet<string>; row: (kind: RosterKind, id: string, label: string) => Entry },
): Entry[] {
  const told = toldOf(entries, 'enrollments');
  return [...existing.members].flatMap((both) => {
    const [class_group_id = '', account_id = ''] = both.split(' ');
    const [group, person] = [existing.classes.get(class_group_id), existing.users.get(account_id)];
    if (told.ids.has(both) || !told.places.has(class_group_id) || !group || !person) return [];
    // Whoever leaves as a whole is told of once.
    if (group.archived || person.archived || gone.has(group.id) || gone.has(person.id)) return [];
    if (!told.ours && !existing.named.has(`users ${person.id}`)) return [];
    const entry = row('enrollments', both, `${person.name} · ${group.name}`);
    entry.values = { class_group_id, account_id, head: false };
    return [entry];
  });
}

function toldOf(entries: readonly Entry[], kind: RosterKind): Told {
  const told: Told = { ids: new Set(), places: new Set(), ours: false };
  for (const entry of entries) {
    if (entry.kind !== kind) continue;
    told.ids.add(entry.id);
    const place = entry.values[kind === 'enrollments' ? 'class_group_id' : 'organization_id'];
    if (typeof place === 'string') told.places.add(place);
    const name = kind === 'enrollments' ? entry.cell('userSourcedId') : entry.sourcedId;
    told.ours ||= idOfOwn(name) !== null;
  }
  return told;
}

import { codeCell, nameCell } from './cells.ts';
import type { Entry } from './entry.ts';
import type { KnownOrganization } from './existing.ts';
import type { Planning } from './planning.ts';

type Kind = KnownOrganization['kind'];

/** OneRoster's types; a school below a school is a teaching point. */
const KINDS: Record<string, Kind> = {
  ...{ national: 'bureau', state: 'bureau', local: 'bureau', district: 'bureau', school: 'school' },
};
const FITS: Record<Kind, readonly Kind[]> = {
  bureau: ['bureau'],
  school: ['bureau'],
  teachingPoint: ['school'],
};

/** Organizations, each after the one above it. */
export function planOrgs(planning: Planning, entries: readonly Entry[]): void {
  const finals = new Map<string, { parentId: string | null; kind: Kind }>();
  for (const { id, parentId, kind } of planning.existing.orgs.values()) finals.set(id, { parentId, kind });
  const ordered = parentsFirst(entries);
  for (const entry of ordered) planOrg(planning, entry, finals);
  const fine = new Set<string>();
  for (const entry of entries) {
    if (!ordered.has(entry)) entry.refuse('parentSourcedId', 'cycle');
    else if (!entry.refused && entry.id !== '' && leadsBack(entry.id, finals, fine))
      entry.refuse('parentSourcedId', 'cycle');
    entry.settle();
  }
}

/** Without those that are above themselves. */
function parentsFirst(entries: readonly Entry[]): Set<Entry> {
  const named = new Set(entries.map(({ sourcedId }) => sourcedId));
  const below = new Map<string, Entry[]>();
  const ready: Entry[] = [];
  for (const entry of entries) {
    const parent = entry.cell('parentSourcedId');
    if (parent === '' || !named.has(parent)) ready.push(entry);
    else below.set(parent, [...(below.get(parent) ?? []), entry]);
  }
  const ordered = new Set<Entry>();
  for (let entry = ready.shift(); entry; entry = ready.shift()) {
    if (ordered.has(entry)) continue;
    ordered.add(entry);
    ready.push(...(below.get(entry.sourcedId) ?? []));
    below.delete(entry.sourcedId);
  }
  return ordered;
}

function planOrg(
  planning: Planning,
  entry: Entry,
  finals: Map<string, { parentId: string | null; kind: Kind }>,
): void {
  const { existing } = planning;
  const name = nameCell(entry, 'name');
  const toldCode = codeCell(entry, 'identifier');
  const type = entry.cell('type').toLowerCase();
  if (type === 'department') entry.skip('type', 'notUsed');
  else if (!KINDS[type]) entry.refuse('type', type === '' ? 'required' : 'format');
  if (entry.fate !== 'unchanged') return;
  entry.label = name;
  const root = existing.orgs.get(existing.rootId)!;
  const above = entry.cell('parentSourcedId');
  const rootAgain = () => above === '' && root.name === name && root.kind === KINDS[type];
  const parent =
    above === '' ? { id: root.id, name: root.name } : planning.refer(entry, 'parentSourcedId', 'orgs');
  if (!parent || entry.refused) return;
  const kind =
    KINDS[type] === 'school' && finals.get(parent.id)?.kind === 'school' ? 'teachingPoint' : KINDS[type]!;
  planning.match(entry, 'orgs', () =>
    rootAgain() ? root.id : planning.alike('orgs', [toldCode], [parent.id, name]),
  );
  if (entry.refused) return;
  const known = existing.orgs.get(entry.id);
  const code = toldCode ?? known?.code ?? null;
  // Where its own place is told, the organization that all is imported below stays where it is.
  const isRoot = entry.id === root.id;
  planning.claim(entry, 'identifier', code, planning.codes);
  if (!isRoot && !FITS[kind].includes(finals.get(parent.id)!.kind))
    entry.refuse('parentSourcedId', 'wrongPlace');
  if (known && known.kind !== kind && !isRoot) entry.refuse('type', 'wrongPlace');
  if (isRoot && entry.toBeDeleted) entry.refuse('status', 'yourself');
  if (entry.refused || planning.archive(entry, known)) return;
  if (known) {
    entry.compare('name', known.name, name);
    entry.compare('identifier', known.code, code);
    if (!isRoot && known.parentId !== parent.id)
      entry.compare('parentSourcedId', planning.nameOf(known.parentId ?? ''), parent.name);
    if (known.archived) entry.changes.push({ field: 'status', from: 'tobedeleted', to: 'active' });
  }
  if (!isRoot) finals.set(entry.id, { parentId: parent.id, kind });
  entry.values = {
    name,
    code,
    kind: isRoot ? root.kind : kind,
    parent_id: isRoot ? root.parentId : parent.id,
  };
}

/** @param fine those from which the way up was found to end */
function leadsBack(
  id: string,
  finals: ReadonlyMap<string, { parentId: string | null }>,
  fine: Set<string>,
): boolean {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !fine.has(at); at = finals.get(at)?.parentId ?? null) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  for (const one of seen) fine.add(one);
  return false;
}

import type { Clash, ClashDraft } from '#protocol/clashes.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { type DraftTime, timesOf } from './clash-drafts.ts';
import { type ClashReach, type Party, partiesOf, partyIdsOf } from './clash-parties.ts';
import { datedMeetings } from './dated-meetings.ts';
import { localMeetings } from './local-meetings.ts';

/** That a party of a draft has something else at one of its times. */
export interface Meeting
  extends Pick<Clash, 'subject' | 'period' | 'startsMinute' | 'endsMinute' | 'organizationName' | 'local'> {
  party: Party;
  time: DraftTime;
  /** What it has: a clash on many days is told once. */
  key: string;
}

export interface ClashParts {
  db: Db;
  office: OfficeAccess;
  timeZone: string;
  now?: () => number;
}

const ORDER: readonly Clash['party'][] = ['classGroup', 'teacher', 'classroom', 'assistant'];

/**
 * Who of a draft has something else at its times: shared lessons of all schools, by the minute, and schools' own weekly
 * ones. Queries are as many for a whole term as for one lesson. Whether `account` may ask is the caller's to check.
 */
export async function clashesOf(
  parts: ClashParts,
  account: Account,
  draft: ClashDraft,
  within: ClashReach = 'county',
): Promise<Clash[]> {
  const { db, timeZone, now = Date.now } = parts;
  const parties = await partiesOf(db, partyIdsOf(draft), draft.organizationId, within);
  const times = await timesOf(db, draft, timeZone, now());
  return await clashesAt(parts, account, parties, times, draft.kind === 'weekly' ? draft.pairingId : null);
}

/** The same of parties and times that are known already, in the order of the times. */
export async function clashesAt(
  { db, office, timeZone }: ClashParts,
  account: Account,
  parties: readonly Party[],
  times: readonly DraftTime[],
  pairingId: Id | null = null,
): Promise<Clash[]> {
  if (parties.length === 0 || times.length === 0) return [];
  const meetings = [
    ...(await datedMeetings(db, parties, times, timeZone, pairingId)),
    ...(await localMeetings(db, parties, times)),
  ].filter(({ party, time }) => party.at === null || party.at.has(time.at));
  const names = await namesFor(office, account, parties);
  return [...Map.groupBy(meetings, ({ party, time, key }) => `${party.id} ${time.at} ${key}`).values()]
    .map((same) => clashOf(same, names))
    .sort(
      (a, b) => a.at - b.at || ORDER.indexOf(a.party) - ORDER.indexOf(b.party) || (a.day < b.day ? -1 : 1),
    );
}

function clashOf(same: Meeting[], names: Map<Id, string | null>): Clash {
  const first = same.reduce((one, other) => (other.time.day < one.time.day ? other : one));
  const { party, time, key: _, ...what } = first;
  return {
    ...{ party: party.kind, id: party.id, name: names.get(party.id) ?? null, at: time.at },
    ...{ day: time.day, days: new Set(same.map(({ time }) => time.day)).size },
    ...what,
  };
}

/** Classes and rooms have names for everybody; people only for who may see the people of their school. */
async function namesFor(
  office: OfficeAccess,
  account: Account,
  parties: readonly Party[],
): Promise<Map<Id, string | null>> {
  const visible = new Map<Id, boolean>();
  const names = new Map<Id, string | null>();
  for (const { kind, id, name, organizationId } of parties) {
    const isPerson = kind === 'teacher' || kind === 'assistant';
    if (isPerson && !visible.has(organizationId))
      visible.set(organizationId, await office.may(account, 'person.see', organizationId));
    names.set(id, !isPerson || visible.get(organizationId) ? name : null);
  }
  return names;
}

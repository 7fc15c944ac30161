import type { Day } from '#protocol/calendar.ts';
import type { OrganizationKind } from '#protocol/domain.ts';

/** What the guide asks for: names as people say them. What has such a name already is used, nothing is made twice. */
export interface Draft {
  masterSchool: string;
  remoteSchool: string;
  remoteKind: Exclude<OrganizationKind, 'bureau'>;
  teacher: string;
  assistant: string;
  masterClass: string;
  remoteClass: string;
  masterRoom: string;
  remoteRoom: string;
  grade: string;
  termName: string;
  startsOn: Day;
  endsOn: Day;
  subject: string;
  weekday: number;
  period: number;
}

/** The guide's pages, and what each asks for. */
export const PAGES = [
  { page: 'schools', fields: ['masterSchool', 'remoteSchool', 'remoteKind'] },
  {
    page: 'people',
    fields: ['grade', 'masterClass', 'teacher', 'masterRoom', 'remoteClass', 'assistant', 'remoteRoom'],
  },
  { page: 'term', fields: ['termName', 'startsOn', 'endsOn'] },
  { page: 'lesson', fields: ['subject', 'weekday', 'period'] },
] as const satisfies readonly { page: string; fields: readonly (keyof Draft)[] }[];
export type GuidePage = (typeof PAGES)[number]['page'];

export const EMPTY: Draft = {
  masterSchool: '',
  remoteSchool: '',
  remoteKind: 'teachingPoint',
  teacher: '',
  assistant: '',
  masterClass: '',
  remoteClass: '',
  masterRoom: '',
  remoteRoom: '',
  grade: '',
  termName: '',
  startsOn: '',
  endsOn: '',
  subject: '',
  weekday: 2,
  period: 3,
};

/** Nobody has to be there in the remote class. */
const MAY_BE_EMPTY: readonly (keyof Draft)[] = ['assistant', 'masterRoom', 'remoteRoom'];

/** Why a field cannot stay as it is. */
export type Amiss = 'empty' | 'same' | 'order';

/** What has to be mended on a page before it can be left. */
export function amissOn(draft: Draft, page: GuidePage): Map<keyof Draft, Amiss> {
  const { fields } = PAGES.find((each) => each.page === page)!;
  const amiss = new Map<keyof Draft, Amiss>();
  for (const field of fields as readonly (keyof Draft)[])
    if (String(draft[field]).trim() === '' && !MAY_BE_EMPTY.includes(field)) amiss.set(field, 'empty');
  if (page === 'schools' && amiss.size === 0 && draft.masterSchool.trim() === draft.remoteSchool.trim())
    amiss.set('remoteSchool', 'same');
  if (page === 'term' && amiss.size === 0 && draft.endsOn <= draft.startsOn) amiss.set('endsOn', 'order');
  return amiss;
}

const KEY = 'guide.draft';

/** What was typed stays when the page is left half-way; for this tab alone. */
export function keepDraft(draft: Draft): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

export function keptDraft(): Draft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return { ...EMPTY, ...(kept as Partial<Draft>) };
  } catch {
    return EMPTY;
  }
}

export const forgetDraft = (): void => sessionStorage.removeItem(KEY);

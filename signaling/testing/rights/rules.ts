import type { Role } from '#protocol/domain.ts';
import { type OfficeAction, scopeOf } from '#protocol/office.ts';
import {
  type Action,
  type LessonRole,
  may,
  mayResource,
  type ResourceAction,
  type ResourceRole,
} from '#protocol/permission.ts';
import type { Ids, Kind, Walker } from './places.ts';

export type Place = 'own' | 'sibling' | 'foreign';

/**
 * What must happen: `granted` is not refused; `forbidden` is 403 and `hidden` 404, both word for word the same as for
 * what is not there; `seen` is either, of something that one may see but not do this with; `alike` is any refusal that
 * is the same as for what is not there.
 */
export type Outcome = 'granted' | 'forbidden' | 'hidden' | 'seen' | 'alike';

export interface Rule {
  /** What the permission table says. */
  expects(walker: Walker, place: Place): Outcome;
  /** Also for who is not signed in. */
  anonymous?: Outcome | 'any';
  /** Whether nothing in the address or the body tells places apart: it is asked once. */
  placeless?: boolean;
  /** A body that would be carried out. */
  body?: (ids: Ids) => unknown;
  query?: (ids: Ids) => string;
  headers?: Record<string, string>;
  /** Which kind a part of the address names, where its name does not say so. */
  params?: Record<string, Kind | { fixed: string }>;
  /** The status of a refusal that is neither 403 nor 404, for everybody alike. */
  refusal?: number;
  /** Only these walk: what counts tries would refuse the rest for their number. */
  onlyFor?: readonly Role[];
  /** Asks also where it is granted; otherwise only what reads is. */
  carriedOut?: boolean;
  /** What somebody who may is answered where there is nothing of it: no file was made, no captions were written. */
  nothing?: number;
  /** Places of others that an answer may name; see `leaks.ts`. */
  mayName?: readonly Place[];
  /** What the permission table calls it. */
  action?: OfficeAction | Action | ResourceAction;
}

type More = Partial<Omit<Rule, 'expects'>>;

const json = (body: unknown): Pick<Rule, 'body'> => ({ body: () => body });
export const body = json;

/** For everybody, signed in or not. */
export const anybody = (more: More = {}): Rule => ({
  expects: () => 'granted',
  anonymous: 'granted',
  placeless: true,
  ...more,
});

/** For everybody who is signed in: what they get is their own. */
export const signedIn = (more: More = {}): Rule => ({ expects: () => 'granted', placeless: true, ...more });

/** For these roles, wherever they are. */
export const roles = (list: readonly Role[], more: More = {}): Rule => ({
  expects: ({ account }) => (list.includes(account.role) ? 'granted' : 'forbidden'),
  placeless: true,
  ...more,
});

/** Only for whom it belongs to, which is none of the walkers: to everybody else it is not there. */
export const othersOwn = (more: More = {}): Rule => ({ expects: () => 'hidden', placeless: true, ...more });

/** A lesson, by what somebody is in it. */
export const lesson = (action: Action, more: More = {}): Rule => ({
  expects(walker, place) {
    const role = lessonRoleOf(walker, place);
    if (may(role, action)) return 'granted';
    return may(role, 'lesson.see') ? 'seen' : 'hidden';
  },
  action,
  ...more,
});

/** A resource that is nobody's but its author's and their school's yet. */
export const resource = (action: ResourceAction, more: More = {}): Rule => ({
  expects(walker, place) {
    const role = resourceRoleOf(walker, place);
    if (mayResource(role, action)) return 'granted';
    return mayResource(role, 'resource.see') ? 'seen' : 'hidden';
  },
  action,
  ...more,
});

/** Something of an organization, by the office's part of the table. */
export const office = (action: OfficeAction, more: More = {}): Rule => ({
  expects({ account, at }, place) {
    const scope = scopeOf(account.role, action);
    if (!scope) return 'forbidden';
    if (at === 'bureau') return scope === 'tree' && place !== 'foreign' ? 'granted' : 'hidden';
    return place === 'own' ? 'granted' : 'hidden';
  },
  action,
  ...more,
});

/** The same, where one of several permissions is enough. */
export const officeAny = (actions: readonly OfficeAction[], more: More = {}): Rule => ({
  expects(walker, place) {
    const outcomes = actions.map((action) => office(action).expects(walker, place));
    return (['granted', 'hidden'] as const).find((each) => outcomes.includes(each)) ?? 'forbidden';
  },
  ...more,
});

/** A list of what somebody may see somewhere. */
export const officeList = (action: OfficeAction, more: More = {}): Rule => ({
  expects: ({ account }) => (scopeOf(account.role, action) ? 'granted' : 'forbidden'),
  placeless: true,
  action,
  ...more,
});

/** A rule of its own, said in full. */
export const asSaid = (expects: Rule['expects'], more: More = {}): Rule => ({ expects, ...more });

/** By the plan of `places.ts`, not by the code under test. */
export function lessonRoleOf({ account, at }: Walker, place: Place): LessonRole {
  if (at === 'bureau') return place === 'foreign' ? 'stranger' : (STAFF[account.role] ?? 'stranger');
  if (place !== 'own') return 'stranger';
  return IN_LESSON[account.role] ?? STAFF[account.role] ?? 'stranger';
}

const STAFF: Partial<Record<Role, LessonRole>> = {
  administrator: 'administrator',
  researcher: 'observer',
  operator: 'operator',
};
const IN_LESSON: Partial<Record<Role, LessonRole>> = {
  teacher: 'presenter',
  classroom: 'presenter',
  assistant: 'assistant',
  student: 'viewer',
};

export function resourceRoleOf({ account, at }: Walker, place: Place): ResourceRole {
  if (at === 'bureau') return place === 'foreign' || !STAFF[account.role] ? 'stranger' : 'bureau';
  if (place !== 'own') return 'stranger';
  if (account.role === 'teacher') return 'author';
  return STAFF[account.role] ? 'school' : 'stranger';
}

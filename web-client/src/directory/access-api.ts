import type { Id } from '#protocol/ids.ts';
import { AccessLink, PersonAccess } from '#protocol/sign-in.ts';
import { call } from '../api/call.ts';

type Act = 'disable' | 'enable' | 'end-sessions' | 'reset-second-factor';

/** How somebody comes in; shapes are in `protocol/sign-in.ts`. */
export const access = {
  of: (id: Id) => call(PersonAccess, `/api/people/${id}/access`),
  link: (id: Id) => call(AccessLink, `/api/people/${id}/access/link`, { method: 'POST', body: {} }),
  act: (id: Id, act: Act) =>
    call(PersonAccess, `/api/people/${id}/access/${act}`, { method: 'POST', body: {} }),
};

import { z } from 'zod';
import { Account, Role } from './domain.ts';
import { Id, WallMs } from './ids.ts';

/* The session of a page: who is signed in, as what, and why that ended. Routes are in `sign-in.ts`. */

/** What a session that was opened still has to do before it is signed in for anything else. */
export const SignInNeed = z.enum(['newPassword', 'secondFactor', 'enrolSecondFactor']);
export type SignInNeed = z.infer<typeof SignInNeed>;

/** One of the things that an account is, and where. */
export const Grant = z.object({ role: Role, organizationId: Id, organizationName: z.string() });
export type Grant = z.infer<typeof Grant>;

/** How a session was opened. */
export const SignInWay = z.enum(['password', 'passkey', 'link', 'provider', 'device', 'demo']);
export type SignInWay = z.infer<typeof SignInWay>;

export const Session = z.object({
  /** As whom it acts; null when nobody is signed in, and while it `needs` something. */
  account: Account.nullable(),
  /** Everything that the account is; more than one: it can change. */
  grants: z.array(Grant),
  needs: SignInNeed.nullable(),
  /** Who is signing in, while it needs something. */
  name: z.string().nullable(),
  sessionId: z.string().nullable(),
  expiresAt: WallMs.nullable(),
  serverNow: WallMs,
});
export type Session = z.infer<typeof Session>;

/** Why a session ended on the server; a page says it before it asks to sign in again. */
export const SessionEnd = z.enum([
  'signedOut',
  'elsewhere',
  'password',
  'disabled',
  'rights',
  'role',
  'device',
  'secondFactor',
]);
export type SessionEnd = z.infer<typeof SessionEnd>;

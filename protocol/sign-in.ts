import { z } from 'zod';
import { Role } from './domain.ts';
import { Id, WallMs } from './ids.ts';
import { Grant, SignInWay } from './session.ts';
import { lengthOf, sharedText } from './text.ts';

/*
 * How people prove who they are. Errors: SIGN_IN_WRONG (unknown login and wrong password alike), SIGN_IN_LOCKED
 * (`retryAfterMs`), LINK_INVALID (unknown, used or too old), SECOND_FACTOR_NEEDED and NEW_PASSWORD_NEEDED (a session
 * that still has to finish signing in, at every route but those below), FIELDS.
 *
 *   GET    /api/session                         Session
 *   POST   /api/session                         DemoSignIn → Session      (only where the demo is on)
 *   DELETE /api/session                         → Session
 *   POST   /api/session/role                    RoleChoice → Session
 *   GET    /api/sign-in/ways                    SignInWays
 *   POST   /api/sign-in/password                PasswordSignIn → Session
 *   POST   /api/sign-in/code                    { code } → Session        (needs secondFactor)
 *   POST   /api/sign-in/new-password            { password } → Session    (needs newPassword)
 *   POST   /api/sign-in/passkey/options         → PasskeyOptions
 *   POST   /api/sign-in/passkey                 PasskeyAnswer → Session   (from nothing, or as the second factor)
 *   POST   /api/sign-in/link/look               { token } → LinkSubject
 *   POST   /api/sign-in/link                    { token, password } → Session
 *   POST   /api/first-start/look                { token } → FirstStartSubject
 *   POST   /api/first-start                     FirstStart → Session      (needs enrolSecondFactor)
 *   GET    /api/account                         OwnAccount
 *   POST   /api/account/password                PasswordChange → OwnAccount   (ends the other sessions)
 *   POST   /api/account/totp                    → TotpOffer
 *   POST   /api/account/totp/confirm            { code } → RecoveryCodes
 *   DELETE /api/account/totp                    → OwnAccount
 *   POST   /api/account/recovery-codes          → RecoveryCodes
 *   POST   /api/account/passkeys/options        → PasskeyOptions
 *   POST   /api/account/passkeys                NewPasskey → OwnAccount
 *   DELETE /api/account/passkeys/:id            → OwnAccount
 *   DELETE /api/account/sessions                → OwnAccount              (all but this one)
 *   DELETE /api/account/sessions/:id            → OwnAccount
 *   GET    /api/people/:id/access               PersonAccess              (these: `person.access`)
 *   POST   /api/people/:id/access/link          → AccessLink
 *   POST   /api/people/:id/access/disable, enable, end-sessions, reset-second-factor   → PersonAccess
 *   GET    /api/password-policy                 StoredPasswordPolicy      (`policy.edit`)
 *   PUT    /api/password-policy                 StoredPasswordPolicy → StoredPasswordPolicy
 */

export const DemoSignIn = z.object({ accountId: Id });
export const RoleChoice = z.object({ role: Role, organizationId: Id });

/** Ways in beside a password. */
export const SignInWays = z.object({
  demo: z.boolean(),
  /** Whether this page's address can use passkeys: an address of numbers cannot. */
  passkeys: z.boolean(),
  /** The platform is empty and waits for its first administrator, who has a link. */
  firstStart: z.boolean(),
  /** A new password's characters at the least. */
  minLength: z.int(),
  /** Unified sign-in of a bureau: `/api/sign-in/providers/:id?next=` leads there. */
  providers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type SignInWays = z.infer<typeof SignInWays>;

/** Before anything is asked of it: two spellings that look alike are one login. */
export const foldLogin = (raw: string): string => raw.normalize('NFKC').trim().toLowerCase();
export const LOGIN_MAX = 40;
/** A login as it is given to somebody; letters of every script, no spaces. */
export const Login = z
  .string()
  .max(LOGIN_MAX * 4)
  .transform(foldLogin)
  .refine((login) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._@+-]*$/u.test(login), 'format')
  .refine((login) => lengthOf(login) >= 2 && lengthOf(login) <= LOGIN_MAX, 'length');

/**
 * As it is compared: composed (NFC), since keyboards send the same letter in two ways. Not NFKC: that would make
 * different passwords equal.
 */
export const PASSWORD_MAX = 200;
export const Password = z
  .string()
  .min(1)
  .max(PASSWORD_MAX * 4)
  .transform((raw) => raw.toWellFormed().normalize('NFC'))
  .refine((password) => lengthOf(password) <= PASSWORD_MAX, 'length');

/** What somebody types who wants in; a login that cannot be is wrong like any other. */
export const PasswordSignIn = z.object({ login: z.string().min(1).max(400), password: Password });
export const CodeAnswer = z.object({
  code: z
    .string()
    .max(40)
    .transform((raw) => raw.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()),
});
export const NewPassword = z.object({ password: Password });
export const PasswordChange = z.object({ current: z.string().max(800).nullable(), password: Password });

const Token = z.string().min(20).max(100);
export const LinkToken = z.object({ token: Token });
export const LinkSubject = z.object({
  name: z.string(),
  login: z.string().nullable(),
  minLength: z.number(),
});
export type LinkSubject = z.infer<typeof LinkSubject>;
/** With a login when the account has none yet. */
export const LinkAnswer = z.object({ token: Token, password: Password, login: Login.optional() });

export const FirstStartSubject = z.object({
  /** The organization that is there already; null: it is made. */
  organizationName: z.string().nullable(),
  minLength: z.number(),
});
export type FirstStartSubject = z.infer<typeof FirstStartSubject>;
export const FirstStart = z.object({
  token: Token,
  organization: z.object({ name: sharedText({ max: 60 }), kind: z.enum(['bureau', 'school']) }).nullable(),
  name: sharedText({ max: 40 }),
  login: Login,
  password: Password,
});
export type FirstStart = z.input<typeof FirstStart>;

/** What an authenticator app scans: `uri` is an otpauth: address; `secret` is for typing. */
export const TotpOffer = z.object({ uri: z.string(), secret: z.string() });
export type TotpOffer = z.infer<typeof TotpOffer>;
/** Shown once. Each opens one session in place of a code. */
export const RecoveryCodes = z.object({ codes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** WebAuthn's own shapes, made and read by its library on both sides. */
export const PasskeyOptions = z.looseObject({ challenge: z.string() });
const PasskeyResponse = z.looseObject({
  id: z.string().max(2_000),
  rawId: z.string().max(2_000),
  type: z.literal('public-key'),
  response: z.looseObject({}),
  clientExtensionResults: z.looseObject({}),
});
export const PasskeyAnswer = z.object({ response: PasskeyResponse });
export const NewPasskey = z.object({ name: sharedText({ max: 40 }), response: PasskeyResponse });

export const OwnSession = z.object({
  id: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  way: SignInWay,
  role: Role.nullable(),
  openedAt: WallMs,
  seenAt: WallMs,
  address: z.string(),
  agent: z.string(),
});
export type OwnSession = z.infer<typeof OwnSession>;

export const OwnAccount = z.object({
  name: z.string(),
  login: z.string().nullable(),
  grants: z.array(Grant),
  passwordChangedAt: WallMs.nullable(),
  minLength: z.number(),
  totp: z.boolean(),
  recoveryCodesLeft: z.number(),
  /** Whether one of its roles asks for a second factor. */
  mustHaveSecondFactor: z.boolean(),
  passkeys: z.array(
    z.object({ id: z.string(), name: z.string(), createdAt: WallMs, usedAt: WallMs.nullable() }),
  ),
  sessions: z.array(OwnSession),
});
export type OwnAccount = z.infer<typeof OwnAccount>;

/** How somebody comes in, for who helps them. */
export const PersonAccess = z.object({
  accountId: Id,
  login: z.string().nullable(),
  disabledAt: WallMs.nullable(),
  passwordChangedAt: WallMs.nullable(),
  secondFactor: z.boolean(),
  sessions: z.number(),
  seenAt: WallMs.nullable(),
});
export type PersonAccess = z.infer<typeof PersonAccess>;
/** A path of this platform with the token behind its `#`; shown once, opened once. */
export const AccessLink = z.object({ path: z.string(), expiresAt: WallMs });
export type AccessLink = z.infer<typeof AccessLink>;

export const PasswordPolicy = z.object({
  minLength: z.number().int().min(8).max(64),
  /** Refuse what many people take: 123456, woaini, the school's name. */
  refuseCommon: z.boolean(),
});
export type PasswordPolicy = z.infer<typeof PasswordPolicy>;
export const StoredPasswordPolicy = PasswordPolicy.extend({ version: z.number().int().nonnegative() });
export type StoredPasswordPolicy = z.infer<typeof StoredPasswordPolicy>;

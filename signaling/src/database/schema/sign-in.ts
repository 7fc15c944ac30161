import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Role } from '#protocol/domain.ts';
import type { SignInWay } from '#protocol/session.ts';
import type { Moment } from '../schema.ts';

/** PostgreSQL's bigint comes as text. */
type Big = ColumnType<string, number | undefined, number>;
type MomentLater = Generated<Date | null>;

export interface SignInTables {
  session: {
    token_hash: string;
    /** By which pages and logs name it; the token is known to its browser alone. */
    id: Generated<string>;
    account_id: string;
    expires_at: Moment;
    /** As which of the account's roles it acts; null: the first. */
    role: Generated<Role | null>;
    organization_id: Generated<string | null>;
    created_at: Generated<Date>;
    seen_at: Generated<Date>;
    address: Generated<string>;
    agent: Generated<string>;
    /** When a second factor was shown in it. */
    strong_at: MomentLater;
    device_id: Generated<string | null>;
    /** How it was opened. */
    way: Generated<SignInWay>;
  };
  password: { account_id: string; hash: string; changed_at: Moment; must_change: Generated<boolean> };
  totp: { account_id: string; secret: string; confirmed_at: MomentLater; last_step: Big };
  recovery_code: { account_id: string; code_hash: string; used_at: MomentLater };
  passkey: {
    id: string;
    account_id: string;
    public_key: string;
    counter: Big;
    transports: JSONColumnType<string[]>;
    name: string;
    created_at: Moment;
    used_at: MomentLater;
  };
  sign_in_failure: { key: string; failures: number; last_at: Moment; locked_until: MomentLater };
  one_time_link: {
    token_hash: string;
    purpose: 'firstAdministrator' | 'setPassword';
    account_id: string | null;
    created_by: string | null;
    created_at: Moment;
    expires_at: Moment;
    used_at: MomentLater;
  };
  identity_link: { provider: string; subject: string; account_id: string; linked_at: Moment };
  oidc_flow: {
    state_hash: string;
    provider: string;
    nonce: string;
    code_verifier: string;
    next: string;
    /** Who links one more identity; null: somebody signs in. */
    account_id: string | null;
    expires_at: Moment;
  };
  device: {
    id: string;
    classroom_id: string;
    name: string;
    paired_by: string | null;
    paired_at: Moment;
    seen_at: MomentLater;
    revoked_at: MomentLater;
  };
  device_pairing: {
    code_hash: string;
    classroom_id: string;
    created_by: string;
    created_at: Moment;
    expires_at: Moment;
    used_at: MomentLater;
    device_id: Generated<string | null>;
  };
  /** Rooms whose screens are on: they say so every few seconds. */
  room_presence: { classroom_id: string; seen_at: Moment };
  setting: {
    key: string;
    value: JSONColumnType<object>;
    version: Generated<number>;
    changed_by: string | null;
    changed_at: Moment;
  };
}

import { createHmac, randomInt } from 'node:crypto';
import { newId } from '#platform/ids.ts';
import { PAIRING_MS, type PairingCode, type RoomDevices } from '#protocol/device.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import { browserOf } from './browser-name.ts';

/** A device stays what it is until it is revoked. */
export const DEVICE_SESSION_MS = 10 * 365 * 86_400_000;
/** Of a million; that many are never open at once. */
const DRAWS = 20;

export interface Paired {
  deviceId: Id;
  classroomId: Id;
  organizationId: Id;
  /** Who opened the code; null when they are gone. */
  openedBy: string | null;
}

/** The browsers that are classrooms, and the codes with which they become it. */
export class DeviceRepository {
  readonly #db: Db;
  readonly #secret: string;

  /** @param secret without it the table of codes tells none: a million hashes are soon made. */
  constructor(db: Db, secret: string) {
    this.#db = db;
    this.#secret = secret;
  }

  /** Where a classroom that has not been archived belongs; null when there is none. */
  async organizationOf(classroomId: Id): Promise<Id | null> {
    const row = await this.#db
      .selectFrom('classroom')
      .select('organization_id')
      .where('id', '=', classroomId)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    return row?.organization_id ?? null;
  }

  async find(deviceId: Id): Promise<{ classroomId: Id; organizationId: Id; revoked: boolean } | null> {
    const row = await this.#db
      .selectFrom('device')
      .innerJoin('classroom', 'classroom.id', 'device.classroom_id')
      .select(['classroom_id', 'organization_id', 'revoked_at'])
      .where('device.id', '=', deviceId)
      .executeTakeFirst();
    return (
      (row && {
        classroomId: row.classroom_id,
        organizationId: row.organization_id,
        revoked: row.revoked_at !== null,
      }) ??
      null
    );
  }

  async ofClassroom(classroomId: Id): Promise<RoomDevices> {
    const room = await this.#db
      .selectFrom('classroom')
      .innerJoin('organization', 'organization.id', 'classroom.organization_id')
      .select([
        'classroom.name',
        'organization.id as organizationId',
        'organization.name as organizationName',
      ])
      .where('classroom.id', '=', classroomId)
      .executeTakeFirstOrThrow();
    const devices = await this.#db
      .selectFrom('device')
      .leftJoin('account', 'account.id', 'device.paired_by')
      .leftJoin('session', 'session.device_id', 'device.id')
      .select(['device.id', 'device.name', 'paired_at', 'device.seen_at', 'revoked_at', 'agent'])
      .select('account.name as paired_by_name')
      .where('classroom_id', '=', classroomId)
      .orderBy('paired_at', 'desc')
      .execute();
    const code = await this.#db
      .selectFrom('device_pairing')
      .select('expires_at')
      .where('classroom_id', '=', classroomId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', new Date())
      .executeTakeFirst();
    return {
      classroomId,
      ...room,
      codeExpiresAt: code?.expires_at.getTime() ?? null,
      devices: devices
        .map((row) => ({
          deviceId: row.id,
          name: row.name,
          browser: browserOf(row.agent ?? ''),
          pairedAt: row.paired_at.getTime(),
          pairedByName: row.paired_by_name,
          seenAt: row.seen_at?.getTime() ?? null,
          revokedAt: row.revoked_at?.getTime() ?? null,
        }))
        .sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null)),
    };
  }

  /** A code for the classroom; the one it had ends. */
  async openCode(classroomId: Id, accountId: Id): Promise<PairingCode> {
    const created_at = new Date();
    const expires_at = new Date(created_at.getTime() + PAIRING_MS);
    return await this.#db.transaction().execute(async (trx) => {
      await trx
        .deleteFrom('device_pairing')
        .where(({ or, eb }) =>
          or([
            eb('classroom_id', '=', classroomId),
            eb('expires_at', '<=', created_at),
            eb('used_at', 'is not', null),
          ]),
        )
        .execute();
      for (let draw = 0; draw < DRAWS; draw++) {
        const code = String(randomInt(1_000_000)).padStart(6, '0');
        const made = await trx
          .insertInto('device_pairing')
          .values({
            code_hash: this.#hashOf(code),
            classroom_id: classroomId,
            created_by: accountId,
            created_at,
            expires_at,
          })
          .onConflict((conflict) => conflict.column('code_hash').doNothing())
          .executeTakeFirst();
        if (made.numInsertedOrUpdatedRows === 1n) return { code, expiresAt: expires_at.getTime() };
      }
      throw new Error('no pairing code is free');
    });
  }

  async closeCode(classroomId: Id): Promise<void> {
    await this.#db
      .deleteFrom('device_pairing')
      .where('classroom_id', '=', classroomId)
      .where('used_at', 'is', null)
      .execute();
  }

  /** Makes the browser that knows `code` a device of its classroom; null when no code is open that reads so. */
  async pair(code: string, agent: string): Promise<Paired | null> {
    const now = new Date();
    return await this.#db.transaction().execute(async (trx) => {
      const taken = await trx
        .updateTable('device_pairing')
        .set({ used_at: now })
        .where('code_hash', '=', this.#hashOf(code))
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .returning(['classroom_id', 'created_by'])
        .executeTakeFirst();
      if (!taken) return null;
      const room = await trx
        .selectFrom('classroom')
        .innerJoin('account', 'account.id', 'classroom.id')
        .select('classroom.organization_id')
        .select(({ selectFrom }) =>
          selectFrom('account as opener')
            .select('name')
            .where('opener.id', '=', taken.created_by)
            .as('opened_by'),
        )
        .where('classroom.id', '=', taken.classroom_id)
        .where('classroom.archived_at', 'is', null)
        .where('account.disabled_at', 'is', null)
        .executeTakeFirst();
      if (!room) return null;
      const deviceId = newId();
      await trx
        .insertInto('device')
        .values({
          id: deviceId,
          classroom_id: taken.classroom_id,
          name: browserOf(agent),
          paired_by: taken.created_by,
          paired_at: now,
          seen_at: now,
        })
        .execute();
      await trx
        .updateTable('device_pairing')
        .set({ device_id: deviceId })
        .where('code_hash', '=', this.#hashOf(code))
        .execute();
      const { organization_id: organizationId, opened_by: openedBy } = room;
      return { deviceId, classroomId: taken.classroom_id, organizationId, openedBy };
    });
  }

  async rename(deviceId: Id, name: string): Promise<void> {
    await this.#db.updateTable('device').set({ name }).where('id', '=', deviceId).execute();
  }

  /** The device's screen is on. */
  async seen(deviceId: Id): Promise<void> {
    await this.#db.updateTable('device').set({ seen_at: new Date() }).where('id', '=', deviceId).execute();
  }

  /** The device is let in no more; what it has open is ended by whoever ends its sessions. */
  async revoke(deviceId: Id): Promise<void> {
    await this.#db
      .updateTable('device')
      .set({ revoked_at: new Date() })
      .where('id', '=', deviceId)
      .where('revoked_at', 'is', null)
      .execute();
  }

  #hashOf(code: string): string {
    return createHmac('sha256', this.#secret).update(`pairing ${code}`).digest('base64url');
  }
}

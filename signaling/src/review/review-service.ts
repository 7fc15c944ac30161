import type { Transaction } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { ResourceAction, ResourceRole } from '#protocol/permission.ts';
import {
  needsBureau,
  RESOURCE_TRANSITIONS,
  type Reach,
  type Resource,
  type ResourceState,
} from '#protocol/resource.ts';
import type { ChangeText, Decide, Passed, Publish, ReviewMove, Submit, Withdraw } from '#protocol/review.ts';
import type { Note } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { Consents } from './consents.ts';
import { hashPassword } from './password-grants.ts';
import type { Reviewers } from './reviewers.ts';

/** How far something must have been passed to reach so far. */
export const passedFor = (reach: Reach): Passed => (needsBureau(reach) ? 'bureau' : 'school');
const RANK: Record<Passed, number> = { none: 0, school: 1, bureau: 2 };
export const reaches = (passed: Passed, reach: Reach): boolean => RANK[passed] >= RANK[passedFor(reach)];

/** The moves from a draft to the public and back. Each is one change of one version: done whole, or OVERTAKEN. */
export class ReviewService {
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #access: ResourceAccess;
  readonly #consents: Consents;
  readonly #reviewers: Reviewers;

  constructor(
    db: Db,
    parts: {
      resources: ResourceRepository;
      access: ResourceAccess;
      consents: Consents;
      reviewers: Reviewers;
    },
  ) {
    this.#db = db;
    this.#resources = parts.resources;
    this.#access = parts.access;
    this.#consents = parts.consents;
    this.#reviewers = parts.reviewers;
  }

  /** The author's promise, and the wish to be reviewed. */
  async submit(resourceId: string, account: Account, asked: Submit): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.submit');
    mustBeSeen(resource, asked.version);
    mustFollow(resource.state, 'submitted');
    const { version: seen, name, promise, reach, licence } = asked;
    await this.#resources.change(
      resourceId,
      seen,
      { state: 'submitted', passed: 'none', reach, licence },
      {
        byAccountId: account.accountId,
        what: 'submitted',
        also: async (trx, version) => {
          await trx
            .insertInto('resource_promise')
            .values({
              resource_id: resourceId,
              version,
              account_id: account.accountId,
              name,
              text_version: promise,
              reach,
              licence,
              at: new Date(),
            })
            .execute();
        },
      },
    );
    return await this.#now(resourceId, account);
  }

  /** The school's word on what was submitted, the bureau's on what the school passed. */
  async decide(resourceId: string, account: Account, asked: Decide): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.see');
    mustBeSeen(resource, asked.version);
    const level = await this.#levelOf(resource, account);
    const passing = level === 'school' ? 'schoolPassed' : 'bureauPassed';
    const to: ResourceState = asked.decision === 'pass' ? passing : 'draft';
    await this.#resources.change(
      resourceId,
      asked.version,
      { state: to, passed: to === 'draft' ? 'none' : level },
      {
        byAccountId: account.accountId,
        what: asked.decision === 'pass' ? passing : 'returned',
        also: (trx, version) => noted(trx, resourceId, version, level, asked.note),
      },
    );
    return await this.#now(resourceId, account);
  }

  /**
   * Lets it be seen as far as it was reviewed for, without the feeds of classes whose consent does not reach so far.
   * Also what is published already (other terms), and once more what was withdrawn.
   * @throws AppError REVIEW_NEEDED when it was not passed for this reach.
   */
  async publish(resourceId: string, account: Account, asked: Publish, note?: Note): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.publish');
    mustBeSeen(resource, asked.version);
    const { state } = resource;
    if (state !== 'published') mustFollow(state, 'published');
    const row = await this.#review(resourceId);
    if (!reaches(row.passed, asked.reach))
      throw new AppError(
        'REVIEW_NEEDED',
        `reviewed by: ${row.passed}; ${asked.reach} needs ${passedFor(asked.reach)}`,
      );
    const password_hash = await this.#passwordFor(asked, row.password_hash);
    const hiding = await this.#consents.hidingFor(resource, asked.reach);
    await this.#resources.change(
      resourceId,
      asked.version,
      {
        state: 'published',
        reach: asked.reach,
        licence: asked.licence,
        starts_at: asked.startsAt === null ? null : new Date(asked.startsAt),
        ends_at: asked.endsAt === null ? null : new Date(asked.endsAt),
        password_hash,
        ...(hiding && {
          programme: JSON.stringify(hiding.programme),
          consent_hidden: JSON.stringify(hiding.consentHidden),
        }),
        ...(state !== 'published' && { published_at: new Date() }),
      },
      {
        byAccountId: account.accountId,
        what: state === 'published' ? 'terms' : 'published',
        also: async (trx) => note?.(trx, resource.organizationId),
      },
    );
    return await this.#now(resourceId, account);
  }

  async withdraw(
    resourceId: string,
    account: Account,
    { version: seen, reason }: Withdraw,
    note?: Note,
  ): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.withdraw');
    mustBeSeen(resource, seen);
    mustFollow(resource.state, 'withdrawn');
    const role = await this.#access.roleOf(resource, account);
    await this.#resources.change(
      resourceId,
      seen,
      { state: 'withdrawn' },
      {
        byAccountId: account.accountId,
        what: 'withdrawn',
        also: async (trx, version) => {
          await noted(trx, resourceId, version, levelOf(role), reason);
          await note?.(trx, resource.organizationId);
        },
      },
    );
    return await this.#now(resourceId, account);
  }

  /** A draft again: the author takes it back from review, or works on what was withdrawn. */
  async revise(resourceId: string, account: Account, seen: number): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.edit');
    mustBeSeen(resource, seen);
    const { state } = resource;
    if (state === 'published') throw new AppError('WRONG_STATE', 'withdraw it first');
    mustFollow(state, 'draft');
    const change = { state: 'draft', passed: 'none' } as const;
    await this.#resources.change(resourceId, seen, change, { byAccountId: account.accountId, what: 'draft' });
    return await this.#now(resourceId, account);
  }

  async changeText(resourceId: string, account: Account, asked: ChangeText): Promise<Resource> {
    await this.#access.permitted(resourceId, account, 'resource.edit');
    const { version, title, description } = asked;
    await this.#resources.change(
      resourceId,
      version,
      { title, description },
      { byAccountId: account.accountId, what: 'edited' },
    );
    return await this.#now(resourceId, account);
  }

  /** What an account can do now with a resource: what it may, in the state that it is in. */
  async canDo(resource: Resource, account: Account): Promise<ReviewMove[]> {
    const may = (action: ResourceAction) => resource.may.includes(action);
    const { state } = resource;
    const can: ReviewMove[] = ['remark'];
    if (may('resource.edit')) can.push('edit');
    if (may('resource.submit') && state === 'draft') can.push('submit');
    const takesBack = state === 'withdrawn' || state === 'submitted' || state === 'schoolPassed';
    if (may('resource.submit') && takesBack) can.push('revise');
    if (await this.#levelOf(resource, account).catch(() => null)) can.push('decide');
    const passed = (await this.#review(resource.resourceId)).passed;
    const isOnTheWay = state === 'published' || RESOURCE_TRANSITIONS[state].includes('published');
    if (may('resource.publish') && isOnTheWay && passed !== 'none') can.push('publish');
    if (may('resource.withdraw') && state === 'published') can.push('withdraw');
    if (may('resource.delete')) can.push('delete');
    return can;
  }

  /** At which level an account decides on a resource as it stands. */
  async #levelOf(resource: Resource, account: Account): Promise<'school' | 'bureau'> {
    const { state, may } = resource;
    const role = await this.#access.roleOf(resource, account);
    if (role === 'author') throw new AppError('FORBIDDEN', 'nobody reviews their own work');
    if (state !== 'submitted' && state !== 'schoolPassed') {
      if (role !== 'school' && role !== 'bureau') throw new AppError('FORBIDDEN', `${role} reviews nothing`);
      throw new AppError('WRONG_STATE', `nothing is to be reviewed in ${state}`);
    }
    if (state === 'schoolPassed') {
      if (may.includes('resource.reviewBureau')) return 'bureau';
      throw new AppError('FORBIDDEN', 'it waits for the bureau');
    }
    if (may.includes('resource.reviewSchool')) return 'school';
    // A school in which nobody but the author could review: the bureau does it in its place.
    if (role === 'bureau' && !(await this.#reviewers.hasSchool(resource))) return 'school';
    throw new AppError('FORBIDDEN', `${role} does not review for the school`);
  }

  async #passwordFor({ reach, password }: Publish, before: string | null): Promise<string | null> {
    if (reach !== 'password') return null;
    if (password !== undefined) return await hashPassword(password);
    if (!before) throw new AppError('BAD_REQUEST', 'password: a password is needed');
    return before;
  }

  async #review(resourceId: string) {
    return await this.#db
      .selectFrom('resource')
      .select(['passed', 'password_hash'])
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
  }

  async #now(resourceId: string, account: Account): Promise<Resource> {
    return await this.#access.permitted(resourceId, account, 'resource.see');
  }
}

/** Before anything else is found wrong with a move: who was overtaken is told that, and not what came of it. */
function mustBeSeen({ version }: Resource, seen: number): void {
  if (version !== seen) throw new AppError('OVERTAKEN', `it is at version ${version} by now`);
}

function mustFollow(from: ResourceState, to: ResourceState): void {
  if (!RESOURCE_TRANSITIONS[from].includes(to))
    throw new AppError('WRONG_STATE', `${from} does not become ${to}`);
}

const levelOf = (role: ResourceRole): 'author' | 'school' | 'bureau' =>
  role === 'school' || role === 'bureau' ? role : 'author';

async function noted(
  trx: Transaction<Database>,
  resource_id: string,
  version: number,
  level: 'author' | 'school' | 'bureau',
  note: string,
): Promise<void> {
  await trx.insertInto('resource_decision').values({ resource_id, version, level, note }).execute();
}

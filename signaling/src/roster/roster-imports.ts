import type { Logger } from '#platform/logger.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { ROSTER_MAX_ROWS, type RosterImport, type RosterMissing } from '#protocol/roster.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { Actor, Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import { type Applied, applyPlan } from './apply.ts';
import { ImportStore } from './import-store.ts';
import { type Plan, planRoster } from './plan.ts';
import { readUpload } from './upload.ts';

export interface RosterImportParts {
  db: Db;
  accounts: AccountRepository;
  audit: Audit;
  logger: Logger;
}

/** Lists that come in: looked through first, then done as they were shown, or not at all. */
export class RosterImports {
  readonly store: ImportStore;
  readonly #parts: RosterImportParts;
  readonly #working = new Set<Promise<void>>();

  constructor(parts: RosterImportParts) {
    this.#parts = parts;
    this.store = new ImportStore(parts.db);
  }

  /** @throws AppError FILE_UNREADABLE, FILE_BOMB, WRONG_STATE */
  async putFile(id: string, name: string, bytes: Buffer): Promise<RosterImport> {
    const { state, busy } = await this.store.tell(id);
    if (state === 'applied' || busy) throw new AppError('WRONG_STATE', 'it takes no more files');
    const files = await readUpload(name, bytes);
    // Two of one name in a zip, in different folders: which is meant is not for us to say.
    for (const file of files)
      if (files.some((other) => other !== file && other.name.toLowerCase() === file.name.toLowerCase()))
        file.problems.push({ issue: 'twice', value: file.name });
    await this.store.putFiles(id, files);
    return await this.store.tell(id);
  }

  /** Begins the dry run. @param missing stays as it was without. @throws AppError WRONG_STATE */
  async plan(id: string, account: Account, missing?: RosterMissing): Promise<RosterImport> {
    const { files, state, organizationId } = await this.store.tell(id);
    if (state === 'applied') throw new AppError('WRONG_STATE', 'it is done');
    const total = files.reduce((sum, { kind, rows }) => sum + (kind ? rows : 0), 0);
    if (total > ROSTER_MAX_ROWS) throw new AppError('TOO_LARGE', `more than ${ROSTER_MAX_ROWS} rows`);
    // Looking through, and keeping what was found.
    await this.store.take(id, 'plan', total * 2);
    if (missing) await this.store.setMissing(id, missing);
    this.#work(id, async () => {
      const plan = await this.#planned(id, organizationId, account);
      await this.store.keepPlan(id, plan);
    });
    return await this.store.tell(id);
  }

  /** Begins to do what was shown. @throws AppError WRONG_STATE when it is not in order */
  async apply(id: string, actor: Actor & { account: Account }): Promise<RosterImport> {
    const { ready, organizationId, progress } = await this.store.tell(id);
    if (!ready) throw new AppError('WRONG_STATE', 'it has rows that are refused, or nothing to do');
    await this.store.take(id, 'apply', progress.total);
    this.#work(
      id,
      async () => {
        const shown = await this.store.find(id);
        const plan = await this.#planned(id, organizationId, actor.account);
        if (plan.digest !== shown?.digest)
          throw new AppError('OVERTAKEN', 'its rows would fare otherwise now');
        await this.store.progress(id, progress.total / 2);
        const applied = await applyPlan(this.#parts.db, {
          ...{ plan, rootId: organizationId, importId: id, accountId: actor.account.accountId },
        });
        await this.#after(id, actor, { organizationId, plan, applied });
      },
      (failure) =>
        this.#parts.audit.write(actor, {
          ...{ action: 'roster.imported', result: 'failed', organizationId },
          ...{ object: { kind: 'rosterImport', id }, detail: { failure } },
        }),
    );
    return await this.store.tell(id);
  }

  async #planned(id: string, rootId: string, account: Account): Promise<Plan> {
    const files = await this.store.sources(id);
    const missing = (await this.store.find(id))?.missing ?? 'keep';
    let told = 0;
    return await planRoster(this.#parts.db, {
      ...{ rootId, account, files, missing },
      onProgress: async (done) => {
        if (Date.now() - told < 500) return;
        told = Date.now();
        await this.store.progress(id, done);
      },
    });
  }

  /** What was done stands in the audit, and who may do less than before is signed in no more. */
  async #after(
    id: string,
    actor: Actor,
    { organizationId, plan, applied }: { organizationId: string; plan: Plan; applied: Applied },
  ): Promise<void> {
    const { accounts, audit } = this.#parts;
    const object = { kind: 'rosterImport', id };
    await audit.write(actor, {
      ...{ action: 'roster.imported', organizationId, object, detail: { counts: plan.counts } },
    });
    for (const { accountId, organizationId: place } of applied.administrators)
      await audit.write(actor, {
        ...{ action: 'grant.given', organizationId: place, object: { kind: 'account', id: accountId } },
        detail: { role: 'administrator', importId: id },
      });
    const gone = [...applied.archived, ...applied.disabled];
    for (const accountId of gone) await accounts.endSessions({ accountId }, 'disabled');
    for (const accountId of applied.rolesTaken) await accounts.endSessions({ accountId }, 'rights');
  }

  #work(
    id: string,
    act: () => Promise<void>,
    failed: (code: string) => Promise<void> = async () => {},
  ): void {
    const work = act().catch(async (error: unknown) => {
      const { code } = AppError.from(error);
      if (code === 'INTERNAL') this.#parts.logger.error({ err: error, importId: id }, 'an import failed');
      await this.store.failed(id, code).catch(() => {});
      await failed(code).catch(() => {});
    });
    this.#working.add(work);
    void work.finally(() => this.#working.delete(work));
  }

  /** When nothing is being worked at any more. */
  async settled(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }
}

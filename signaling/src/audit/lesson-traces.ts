import type { Logger } from '#platform/logger.ts';
import type { AuditAction } from '#protocol/audit.ts';
import type { Db } from '../database/database.ts';
import type { Actor, Audit } from './audit.ts';
import { organizationOfLesson } from './note.ts';

/** Lines about what happens on a lesson's sockets. The lesson never waits for them. */
export class LessonTraces {
  readonly #db: Db;
  readonly #audit: Audit;
  readonly #logger: Logger;

  constructor(db: Db, audit: Audit, logger: Logger) {
    this.#db = db;
    this.#audit = audit;
    this.#logger = logger;
  }

  note(actor: Actor, action: AuditAction, lessonId: string, detail: Record<string, unknown>): void {
    void this.#write(actor, action, lessonId, detail).catch((error: unknown) =>
      this.#logger.error({ err: error, action, lessonId }, 'a line of the audit was lost'),
    );
  }

  async #write(actor: Actor, action: AuditAction, lessonId: string, detail: Record<string, unknown>) {
    // Whose lesson it is may not be known while the database is away: the line waits without.
    const organizationId = await organizationOfLesson(this.#db, lessonId).catch(() => null);
    const object = { kind: 'lesson', id: lessonId };
    await this.#audit.write(actor, { action, organizationId, object, detail });
  }
}

import { sql } from 'kysely';
import type { z } from 'zod';
import { PLACE_LINES_MAX, type PlaceLines, type PlaceLinesResult } from '#protocol/directory-lines.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Actor } from '../audit/audit.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { beside, LOCK_DIRECTORY, refuse } from './change.ts';
import { ClassGroups } from './class-groups.ts';
import { Classrooms } from './classrooms.ts';
import { Courses } from './courses.ts';
import { Organizations } from './organizations.ts';
import { PlaceBook } from './place-book.ts';
import { type Draft, type Fate, fateOf } from './place-fates.ts';
import { readPlaces } from './place-line-reader.ts';

/** Many schools, rooms, classes or courses at once: first what would become of each line, then all or none. */
export class ManyPlaces {
  readonly #parts: OfficeParts;

  constructor(parts: OfficeParts) {
    this.#parts = parts;
  }

  /** @throws AppError FORBIDDEN, NOT_FOUND, FIELDS: too many lines, or some wrong when it is no dry run. */
  async take(
    actor: Actor,
    account: Account,
    { of, organizationId, text, dryRun }: z.output<typeof PlaceLines>,
  ): Promise<PlaceLinesResult> {
    const { db, office } = this.#parts;
    await office.mustMay(account, 'directory.edit', organizationId);
    const raw = readPlaces(of, text);
    if (raw.length > PLACE_LINES_MAX) throw refuse('text', 'tooLong', { max: PLACE_LINES_MAX });
    const book = await PlaceBook.open(db, of, organizationId, (reference) =>
      office.where(account, 'directory.edit', reference),
    );
    if (!book.usual) throw refuse('organizationId', 'unknown');
    const fates = raw.map((line) => fateOf(of, line, book));
    const lines = fates.map(({ line }) => line);
    if (dryRun) return { lines, created: 0 };
    const wrong = lines.filter(({ fate }) => fate === 'wrong');
    if (wrong.length > 0 || lines.length === 0) throw refuse('text', 'format', { count: wrong.length });
    return { lines, created: await this.#make(actor, fates) };
  }

  async #make(actor: Actor, fates: readonly Fate[]): Promise<number> {
    const makers = {
      organization: new Organizations(this.#parts),
      classroom: new Classrooms(this.#parts),
      classGroup: new ClassGroups(this.#parts),
      course: new Courses(this.#parts),
    };
    const made = new Map<string, Id>();
    await beside({ organization_by_code: 'text' }, () =>
      this.#parts.db.transaction().execute(async (trx) => {
        await sql.raw(LOCK_DIRECTORY).execute(trx);
        const make = ({ of, body }: Draft): Promise<Id> => {
          switch (of) {
            case 'organization':
              return makers[of].make(trx, actor, {
                ...body,
                parentId: made.get(body.parentId) ?? body.parentId,
              });
            case 'classroom':
              return makers[of].make(trx, actor, body);
            case 'classGroup':
              return makers[of].make(trx, actor, body);
            case 'course':
              return makers[of].make(trx, actor, body);
          }
        };
        for (const { line, draft } of fates) {
          if (!draft) continue;
          line.id = await make(draft);
          made.set(String(line.line), line.id);
        }
      }),
    );
    return made.size;
  }
}

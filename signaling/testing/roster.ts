import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '#platform/ids.ts';
import {
  RosterImport,
  type RosterKind,
  type RosterMissing,
  type RosterRow,
  RosterRows,
} from '#protocol/roster.ts';
import type { Db } from '../src/database/database.ts';
import { ZipReader } from '../src/package/zip.ts';
import { ImportStore } from '../src/roster/import-store.ts';
import { planRoster } from '../src/roster/plan.ts';
import type { TestPerson } from './person.ts';

/** Somebody who imports lists, as the page does it. */
export class RosterClerk {
  readonly #person: TestPerson;
  #importId = '';

  constructor(person: TestPerson) {
    this.#person = person;
  }

  get path(): string {
    return `/api/roster/imports/${this.#importId}`;
  }

  async begin(organizationId: string): Promise<void> {
    const { importId } = await this.#person.get(RosterImport, 'POST', '/api/roster/imports', {
      organizationId,
    });
    this.#importId = importId;
  }

  async put(name: string, content: string | Uint8Array): Promise<RosterImport> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const answer = await this.#person.ask('PUT', `${this.path}/files/${encodeURIComponent(name)}`, bytes, {
      'content-type': 'application/octet-stream',
    });
    if (answer.status !== 200) throw Object.assign(new Error(JSON.stringify(answer.body)), { answer });
    return RosterImport.parse(answer.body);
  }

  /** Puts files in and has them looked through. */
  async plan(organizationId: string, files: Record<string, string | Uint8Array>): Promise<RosterImport> {
    await this.begin(organizationId);
    for (const [name, content] of Object.entries(files)) await this.put(name, content);
    return await this.planned();
  }

  async planned(missing?: RosterMissing): Promise<RosterImport> {
    await this.#person.get(RosterImport, 'POST', `${this.path}/plan`, { missing });
    return await this.#settled();
  }

  async apply(): Promise<RosterImport> {
    await this.#person.get(RosterImport, 'POST', `${this.path}/apply`);
    return await this.#settled();
  }

  async rows(query = ''): Promise<RosterRow[]> {
    return (await this.#person.get(RosterRows, 'GET', `${this.path}/rows?pageSize=500&${query}`)).rows;
  }

  /** What stands wrong, as `file:line field issue`. */
  async wrong(): Promise<string[]> {
    return (await this.rows('fate=refused')).flatMap(({ file, line, problems }) =>
      problems.map(({ field, issue }) => `${file}:${line} ${field} ${issue}`),
    );
  }

  async #settled(): Promise<RosterImport> {
    for (;;) {
      const told = await this.#person.get(RosterImport, 'GET', this.path);
      if (!told.busy) return told;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

export type RosterTexts = Record<RosterKind | 'manifest', string>;

/** The files of an exported zip. */
export async function unzipped(bytes: Uint8Array): Promise<RosterTexts> {
  const path = join(tmpdir(), `roster-${newId()}.zip`);
  writeFileSync(path, bytes);
  const zip = await ZipReader.open(path);
  const texts: Record<string, string> = {};
  for (const { name } of zip.entries)
    texts[name.replace('.csv', '')] = (await zip.read(name, 1e8)).toString('utf8');
  zip.close();
  rmSync(path);
  return texts as RosterTexts;
}

export const exported = async (person: TestPerson, organizationId: string, query = ''): Promise<Buffer> => {
  const response = await fetch(`${person.origin}/api/roster/export?organization=${organizationId}${query}`, {
    headers: { cookie: person.cookie },
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
};

/** What would become of an import's rows now, as whoever began it, an administrator. */
export async function planOf(db: Db, importId: string) {
  const store = new ImportStore(db);
  const { organization_id: rootId, created_by: accountId, missing } = (await store.find(importId))!;
  const account = {
    ...{ accountId, organizationId: rootId, organizationName: '', kind: 'person' as const, name: '' },
    role: 'administrator' as const,
  };
  const plan = await planRoster(db, { rootId, account, missing, files: await store.sources(importId) });
  return { plan, rootId, accountId };
}

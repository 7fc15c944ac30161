import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Router } from 'express';
import { FolderBlobStore } from '#platform/blob-store/folder-blob-store.ts';
import { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import { createLogger, type Logger } from '#platform/logger.ts';
import type { About } from '#protocol/rest.ts';
import { AccountRepository } from '../src/account/account-repository.ts';
import { Audit } from '../src/audit/audit.ts';
import { Refusals } from '../src/audit/refusals.ts';
import { type Db, type OpenDatabase, openDatabase } from '../src/database/database.ts';
import { planDemoLesson, seedWorld } from '../src/demo/seed.ts';
import { readSeedFile, type SeedFile } from '../src/demo/seed-file.ts';
import { createApp } from '../src/http/app.ts';
import { LessonRepository } from '../src/lesson/lesson-repository.ts';
import { type MediaServing, openMediaServing } from '../src/media/serving.ts';
import { WordLists } from '../src/moderation/word-lists.ts';
import { WordRepository } from '../src/moderation/word-repository.ts';
import { OfficeAccess } from '../src/office/office-access.ts';
import { ResourceAccess } from '../src/resource/access.ts';
import { ResourceRepository } from '../src/resource/resource-repository.ts';
import { RecordingRepository } from '../src/room/recording-repository.ts';
import { TimelineStore } from '../src/timeline/timeline-store.ts';
import { copyMigratedTemplate, MIGRATED, startMigratedPostgres } from './migrated-template.ts';
import { TestPerson } from './person.ts';

/** What the routes under test are put together from; the real parts, on a database and a folder of the test's own. */
export interface TestParts {
  /** The test's own folder; the blobs are in `blobs` below it. */
  dataDir: string;
  db: Db;
  blobs: FolderBlobStore;
  accounts: AccountRepository;
  office: OfficeAccess;
  audit: Audit;
  lessons: LessonRepository;
  recordings: RecordingRepository;
  resources: ResourceRepository;
  access: ResourceAccess;
  timelines: TimelineStore;
  serving: MediaServing;
  words: WordRepository;
  wordLists: WordLists;
  logger: Logger;
}

export interface TestRoutes {
  api?: Router[];
  /** Readers of large bodies, before the application's own. */
  large?: Router[];
  media?: Router[];
  /** For calendar programs, at /calendar. */
  calendar?: Router;
  /** Ends what the routes' services hold, before the database is closed. */
  close?: () => Promise<void> | void;
}

export interface TestAppOptions {
  /** Opens the database instead of an embedded one of the test's own, and closes it (`onBothDatabases`). */
  open?: () => Promise<OpenDatabase>;
  /** The web client's bundle, where a browser looks at it; without it there are no pages. */
  webRoot?: string;
  /** Whether whoever tries what they may not stands in the audit. */
  refusals?: boolean;
}

/**
 * The real HTTP application, as signaling makes it, with the demo's schools and people and the routes that a test
 * asks for; no rooms, no media nodes, no browser. Begins in about a second.
 *
 *     const app = await TestApp.open(({ db, lessons }) => ({ api: [captionRoutes(db, lessons)] }));
 *     const teacher = await app.signIn('陈静');
 *     const lessonId = await app.recordedLesson();
 *     expect((await teacher.ask('GET', `/api/lessons/${lessonId}/captions`)).status).toBe(200);
 */
export class TestApp {
  readonly parts: TestParts;
  readonly origin: string;
  readonly seed: SeedFile;
  readonly #server: Server;
  readonly #end: () => Promise<void>;

  static async open(
    routes: (parts: TestParts) => TestRoutes | Promise<TestRoutes>,
    { open, webRoot, refusals = false }: TestAppOptions = {},
  ): Promise<TestApp> {
    const dataDir = await mkdtemp(join(tmpdir(), 'test-app-'));
    const { db, close: closeDatabase } = open
      ? { ...(await open()), close: async () => {} }
      : await openOwn(join(dataDir, 'database'));
    const seed = readSeedFile();
    await seedWorld(db, seed);
    const logger = createLogger('test', process.env.TC_LOG_LEVEL ?? 'silent');
    const words = new WordRepository(db);
    const resources = new ResourceRepository(db);
    const stored = {
      dataDir,
      blobs: new FolderBlobStore(join(dataDir, 'blobs')),
      recordings: new RecordingRepository(db),
      resources,
      timelines: new TimelineStore(db),
      logger,
    };
    const audit = new Audit(db);
    const parts: TestParts = {
      ...stored,
      db,
      accounts: new AccountRepository(db, 1),
      office: new OfficeAccess(db, audit),
      audit,
      lessons: new LessonRepository(db),
      access: new ResourceAccess(db, resources),
      serving: openMediaServing({ ...stored, db, media: Config.parse({}).media }),
      words,
      wordLists: await WordLists.create(words, logger),
    };
    const { api = [], large = [], media = [], calendar, close } = await routes(parts);
    const app = createApp({
      accounts: parts.accounts,
      about: () => ABOUT,
      api,
      large,
      media: media.length > 0 ? media : [Router()],
      ...(calendar && { calendar }),
      whip: Router(),
      webRoot: webRoot ?? join(dataDir, 'web'),
      ...(refusals && { refusals: new Refusals(audit, logger) }),
      logger,
    });
    const server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestApp(parts, seed, server, async () => {
      await close?.();
      parts.serving.thumbnails.close();
      await parts.serving.mix.close();
      await parts.serving.thumbnails.settled();
      parts.wordLists.close();
      await audit.close();
      await closeDatabase();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  private constructor(parts: TestParts, seed: SeedFile, server: Server, end: () => Promise<void>) {
    this.parts = parts;
    this.seed = seed;
    this.#server = server;
    this.#end = end;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  get db(): Db {
    return this.parts.db;
  }

  /** One of the demo's people or classrooms, by name, with a session of its own. */
  async signIn(name: string): Promise<TestPerson> {
    const account = (await this.parts.accounts.all()).find((known) => known.name === name);
    if (!account) throw new Error(`the demo has nobody named ${name}`);
    const { token } = await this.parts.accounts.sessions.open(account.accountId, {
      way: 'demo',
      strong: true,
    });
    return new TestPerson(this.origin, account, `tc_session=${token}`);
  }

  /** Nobody: without a session. */
  anonymous(): TestPerson {
    return new TestPerson(this.origin, null, '');
  }

  /** A lesson of the demo's plan that was held, recorded and finalized, with its draft. Rows only: no media. */
  async recordedLesson({ durationMs = 2_700_000, title }: { durationMs?: number; title?: string } = {}) {
    const lessonId = await planDemoLesson(this.db, this.seed);
    const recordingId = newId();
    const epochMs = Date.now() - durationMs;
    await this.db
      .updateTable('lesson')
      .set({
        state: 'ready',
        actual_start: new Date(epochMs),
        actual_end: new Date(epochMs + durationMs),
        ...(title !== undefined && { title }),
      })
      .where('id', '=', lessonId)
      .execute();
    await this.parts.recordings.createOnce(recordingId, lessonId, epochMs);
    await this.parts.recordings.finalize(recordingId, durationMs, []);
    await this.parts.resources.draftReplays();
    const { resourceId } = (await this.parts.resources.ofLesson(lessonId))!;
    return { lessonId, recordingId, resourceId, durationMs };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#end();
  }
}

/** On which database tests run that do not say: `npm test` runs them on both. */
async function openOwn(folder: string): Promise<OpenDatabase> {
  return process.env.TC_TEST_DATABASE === 'postgres' ? await openOnServer() : await openEmbedded(folder);
}

async function openOnServer(): Promise<OpenDatabase> {
  const server = await startMigratedPostgres();
  const opened = await openDatabase({ url: await server.create(MIGRATED), connections: 4 });
  return {
    ...opened,
    async close() {
      await opened.close();
      await server.close();
    },
  };
}

async function openEmbedded(folder: string): Promise<OpenDatabase> {
  await copyMigratedTemplate(folder);
  return await openDatabase(folder);
}

const ABOUT: About = {
  version: 'test',
  demoSignIn: true,
  demoLesson: false,
  secureOrigins: [],
  maxUploadBytes: 1_000_000,
  mediaNodes: 0,
  recorders: 0,
  timeZone: 'Asia/Shanghai',
};

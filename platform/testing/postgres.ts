import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

const START_MS = 60_000;

export interface TestPostgresOptions {
  /** False (the default) trades the truth of the disk for speed: only for tests that kill nothing. */
  durable?: boolean;
  /** What every cluster of this `key` holds from the start; done once on this machine, then copied. */
  prepared?: { key: string; fill(server: TestPostgres): Promise<void> };
}

/**
 * A real PostgreSQL server of a test's own: a new cluster in a temporary folder, on a port of loopback,
 * run by a user without rights (PostgreSQL refuses root). Gone with {@link close}, and with the process.
 */
export class TestPostgres {
  readonly port: number;
  readonly #bin: string;
  readonly #folder: string;
  readonly #user: User;
  readonly #durable: boolean;
  #server: ChildProcess | undefined;

  static async start({ durable = false, prepared }: TestPostgresOptions = {}): Promise<TestPostgres> {
    const bin = findPostgres();
    if (!bin) throw new Error('PostgreSQL is not installed: run the tests with npm test');
    const user = unprivileged();
    const version = /\d+(\.\d+)?/.exec(
      execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }),
    )![0];
    const base = `three-classrooms-postgres-${version}-${user?.uid ?? process.getuid?.() ?? 0}`;
    const empty = join(tmpdir(), base);
    if (!existsSync(empty)) makeEmpty(bin, empty, user);
    const filled = prepared && `${empty}-${prepared.key}`;
    if (filled && !existsSync(filled)) {
      const server = await TestPostgres.#on(empty, bin, user, false);
      await prepared.fill(server);
      await server.#stop('SIGINT');
      keep(server.#folder, filled);
      process.off('exit', server.#vanish);
    }
    return await TestPostgres.#on(filled ?? empty, bin, user, durable);
  }

  /** A server that somebody else has started and ends. */
  static at(port: number): TestPostgres {
    return new TestPostgres('', '', undefined, false, port);
  }

  static async #on(template: string, bin: string, user: User, durable: boolean): Promise<TestPostgres> {
    const folder = ownFolder(user);
    execFileSync('cp', ['-a', join(template, 'data'), folder]);
    const server = new TestPostgres(bin, folder, user, durable, await freePort());
    process.once('exit', server.#vanish);
    await server.start();
    return server;
  }

  private constructor(bin: string, folder: string, user: User, durable: boolean, port: number) {
    this.#bin = bin;
    this.#folder = folder;
    this.#user = user;
    this.#durable = durable;
    this.port = port;
  }

  url(database = 'postgres'): string {
    return `postgres://tc@127.0.0.1:${this.port}/${database}`;
  }

  /** Starts it again after {@link kill}; resolves when it takes queries. */
  async start(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 60,
      shared_buffers: '32MB',
      ...(this.#durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    };
    const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = ['-D', join(this.#folder, 'data'), '-p', String(this.port), ...options];
    this.#server = spawn(join(this.#bin, 'postgres'), args, {
      ...this.#user,
      cwd: this.#folder,
      stdio: 'ignore',
      env: environment(),
    });
    const deadline = Date.now() + START_MS;
    while (!(await this.#answers())) {
      if (Date.now() > deadline || this.#server.exitCode !== null)
        throw new Error('PostgreSQL does not start');
      await sleep(30);
    }
  }

  /** `kill -9` of the server and of all that it has started, as an out-of-memory killer would. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const children = childrenOf(server.pid!);
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    for (const pid of children) killOne(pid);
    await ended;
  }

  /** A new, empty database, or a copy of `template`. @returns its address */
  async create(template?: string, name = `t${randomBytes(8).toString('hex')}`): Promise<string> {
    await this.query(`create database ${name}${template ? ` template ${template}` : ''}`);
    return this.url(name);
  }

  /** One statement, as the server's administrator. */
  async query(statement: string, database?: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      return await client.query(statement);
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    process.off('exit', this.#vanish);
    await this.#stop('SIGQUIT');
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  }

  readonly #vanish = () => {
    this.#server?.kill('SIGQUIT');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  async #answers(): Promise<boolean> {
    return await this.query('select 1').then(
      () => true,
      () => false,
    );
  }
}

function ownFolder(user: User): string {
  const folder = mkdtempSync(join(tmpdir(), 'tc-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}

/** initdb takes seconds, copying what it made a tenth of one. */
function makeEmpty(bin: string, template: string, user: User): void {
  const folder = ownFolder(user);
  const how = ['-U', 'tc', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'data'), ...how], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
  });
  keep(folder, template);
}

/** Several test processes may make it at the same time: whoever is first to rename wins, all are equal. */
function keep(draft: string, template: string): void {
  try {
    renameSync(draft, template);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  }
}

/** Folder of PostgreSQL's programs: `POSTGRES_BIN`, on the path, or where Debian keeps them. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(env.POSTGRES_BIN ? [env.POSTGRES_BIN] : []),
    ...(env.PATH ?? '').split(delimiter).filter(Boolean),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return (
    folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres'))) ?? null
  );
}

type User = { uid: number; gid: number } | undefined;

/** Whom a root process runs the server as; undefined: as who it is. */
function unprivileged(): User {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['postgres', 'nobody'].map((name) => users.find((fields) => fields[0] === name)).find(Boolean);
  return { uid: Number(user?.[2] ?? 65_534), gid: Number(user?.[3] ?? 65_534) };
}

/** Nothing of the caller's own PostgreSQL settings. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

function childrenOf(pid: number): number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  const text = existsSync(list)
    ? readFileSync(list, 'utf8')
    : execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return text.split(/\s+/).map(Number).filter(Boolean);
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended by itself when the postmaster was gone.
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

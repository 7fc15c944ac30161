import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#platform/testing/free-port.ts';
import type { Platform } from './platform.ts';
import { until } from './until.ts';

const CONFIG = fileURLToPath(new URL('../../infra/nginx/three-classrooms.conf', import.meta.url));

/** A real nginx with the project's configuration, before a platform. */
export class Nginx {
  readonly origin: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  static async start({ dataDir, ports }: Pick<Platform, 'dataDir' | 'ports'>): Promise<Nginx> {
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
    const site = readFileSync(CONFIG, 'utf8')
      .replace('LISTEN', `127.0.0.1:${port}`)
      .replace("'SECRET'", `'${readFileSync(join(dataDir, 'media-secret'), 'utf8').trim()}'`)
      .replace("'BLOBS'", `'${resolve(dataDir, 'blobs')}'`)
      .replace('UPSTREAM', `127.0.0.1:${ports.http}`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join(' ');
    const main = [
      // As the tests' own user, who can read the blobs.
      process.getuid?.() === 0 ? 'user root;' : '',
      `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr warn;`,
      `events { worker_connections 2048; }`,
      `http { access_log off; ${temporary} ${site} }`,
    ].join('\n');
    writeFileSync(join(folder, 'nginx.conf'), main);
    const bin = process.env.NGINX_BIN;
    if (!bin) throw new Error('NGINX_BIN is not set: run the tests with npm test');
    const child = spawn(bin, ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    const nginx = new Nginx(`http://127.0.0.1:${port}`, child, folder);
    await until('nginx answers', async () => {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
      return (await fetch(`${nginx.origin}/api/about`)).ok;
    });
    return nginx;
  }

  private constructor(origin: string, child: ChildProcess, folder: string) {
    this.origin = origin;
    this.#process = child;
    this.#folder = folder;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.#process.once('close', done));
    this.#process.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

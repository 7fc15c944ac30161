import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Addresses that carry their own permission: `/media/s/<expires>/<signature>/<scope>/…`. Whoever serves them needs the
 * secret and no database. The signature is what nginx's secure_link module checks (MD5 of expiry, scope and secret,
 * base64url): the secret stands last, so that a longer scope cannot be made from a known signature.
 */

/** How many names of the path are the scope, by its first one. What follows lies inside it. */
const DEPTHS: Record<string, number> = {
  /** A whole recording: recordings/<recordingId>/… */
  recordings: 2,
  /** One track of it: tracks/<recordingId>/<trackId>/… */
  tracks: 3,
  /** A resource at one version: resources/<resourceId>/<version>/… */
  resources: 3,
  /** Files of a resource: files/<resourceId>/… */
  files: 2,
  /** A lesson's courseware: courseware/<lessonId>/… */
  courseware: 2,
  /** One finished export: exports/<jobId>/… */
  exports: 2,
};

const PREFIX = '/media/s/';
/** All that are asked for within this time get the same address, so that caches know it again. */
const ROUND_S = 60;

export interface Permitted {
  scope: string[];
  /** What is asked for inside the scope. */
  rest: string[];
  expiresAt: number;
}

export class SignedAddresses {
  readonly #secret: string;
  readonly ttlSeconds: number;

  constructor(secret: string, ttlSeconds: number) {
    this.#secret = secret;
    this.ttlSeconds = ttlSeconds;
  }

  /** The signed folder for a scope, ending with a slash. Valid for at least `ttlSeconds`. */
  folder(scope: readonly string[], ttlSeconds = this.ttlSeconds, now = Date.now()): string {
    const expires = Math.ceil((now / 1_000 + ttlSeconds) / ROUND_S) * ROUND_S;
    const path = scope.join('/');
    return `${PREFIX}${expires}/${this.#sign(expires, path)}/${path}/`;
  }

  /** What an address (the path behind `/media/s/`, split at its slashes) permits; null when nothing. */
  check([expires, signature, ...path]: readonly string[], now = Date.now()): Permitted | null {
    const depth = DEPTHS[path[0] ?? ''];
    if (!expires || !signature || depth === undefined || path.length <= depth) return null;
    const until = Number(expires);
    if (!/^\d{1,12}$/.test(expires) || until * 1_000 <= now) return null;
    const scope = path.slice(0, depth);
    const right = Buffer.from(this.#sign(until, scope.join('/')));
    const given = Buffer.from(signature);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return { scope, rest: path.slice(depth), expiresAt: until * 1_000 };
  }

  #sign(expires: number, scope: string): string {
    return createHash('md5').update(`${expires}${scope} ${this.#secret}`).digest('base64url');
  }
}

/** The secret that was configured, or one of this installation's own, kept in its data folder. */
export function mediaSecret(configured: string, dataDir: string): string {
  if (configured) return configured;
  const path = join(dataDir, 'media-secret');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}

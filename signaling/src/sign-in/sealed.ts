import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is stored so that the database alone does not give it away, and what is signed so that no browser makes it. */
export class Sealer {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** AES-256-GCM, bound to `purpose` (such as whose it is). */
  seal(text: string, purpose: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key('seal'), iv).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** @throws Error when it was sealed with another secret or for another purpose. */
  open(sealed: string, purpose: string): string {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', this.#key('seal'), bytes.subarray(0, 12))
      .setAAD(Buffer.from(purpose))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  sign(text: string): string {
    return createHmac('sha256', this.#key('sign')).update(text).digest('base64url');
  }

  verify(text: string, signature: string): boolean {
    const right = Buffer.from(this.sign(text));
    const given = Buffer.from(signature);
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #key(use: 'seal' | 'sign'): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#secret, '', `three-classrooms ${use}`, 32));
  }
}

/** The secret that was configured, or one of this installation's own, kept in its data folder. */
export function signInSecret(configured: string, dataDir: string): string {
  if (configured) return configured;
  const path = join(dataDir, 'sign-in-secret');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8').trim();
}

import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { DetailedError, Upload as Tus } from 'tus-js-client';
import { z } from 'zod';
import { ErrorBody } from '#protocol/errors.ts';
import { UPLOAD_CHUNK, UPLOADS_PATH } from '#protocol/intake.ts';
import { ApiError } from '../../api/api-error.ts';
import type { PageErrorCode } from '../../i18n/errors.ts';
import { intakeApi } from '../intake-api.ts';
import { hashFile } from './hash-file.ts';

/** `sent`: the rest is the platform's doing. */
export type UploadState = 'waiting' | 'hashing' | 'sending' | 'paused' | 'sent' | 'failed';

export interface UploadView {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly state: UploadState;
  /** Of what the state names, 0 to 1. */
  readonly part: number;
  /** Bytes a second; 0 until it is known. */
  readonly rate: number;
  readonly failure: PageErrorCode | null;
  readonly intakeId: string | null;
}

const Refusal = z.object({ error: ErrorBody });
/** A short break is bridged without a word; a long one is said, and one touch goes on. */
const RETRY_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];
const RATE_MS = 1_000;

/** One file on its way: known content is not sent again, everything else goes in pieces and goes on where it was. */
export class FileUpload {
  readonly file: File;
  #view: UploadView;
  readonly #changed: () => void;
  #abort = new AbortController();
  #tus: Tus | null = null;
  #measured = { at: 0, bytes: 0 };

  constructor(key: string, file: File, changed: () => void) {
    this.file = file;
    this.#changed = changed;
    this.#view = {
      ...{ key, name: file.name, bytes: file.size, state: 'waiting', part: 0, rate: 0 },
      ...{ failure: null, intakeId: null },
    };
  }

  get view(): UploadView {
    return this.#view;
  }

  /** Settles when nothing more is to be done here, whatever became of it. */
  async run(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      if (this.file.size === 0) return this.#set({ state: 'failed', failure: 'FILE_EMPTY' });
      const tus = this.#tus ?? (await this.#open());
      const [before] = await tus.findPreviousUploads();
      if (before) tus.resumeFromPreviousUpload(before);
      else if (!this.#tus && (await this.#isKnown(abort.signal))) return;
      if (abort.signal.aborted) return;
      this.#tus = tus;
      this.#set({
        state: 'sending',
        part: this.#view.state === 'paused' ? this.#view.part : 0,
        failure: null,
      });
      await this.#send(tus, abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.#set({ state: 'failed', failure: ApiError.from(error).code });
    }
  }

  pause(): void {
    if (this.#view.state !== 'sending') return;
    this.#abort.abort();
    void this.#tus?.abort();
    this.#set({ state: 'paused', rate: 0 });
  }

  /** Back into the queue. */
  again(): void {
    this.#set({ state: 'waiting', failure: null, rate: 0 });
  }

  /** Takes back what was sent so far. */
  async cancel(): Promise<void> {
    this.#abort.abort();
    await this.#tus?.abort(true).catch(() => undefined);
  }

  async #isKnown(signal: AbortSignal): Promise<boolean> {
    const { name, size } = this.file;
    this.#set({ state: 'hashing', part: 0 });
    const hash = await hashFile(this.file, { signal, onPart: (part) => this.#set({ part }) });
    if (!hash) return false;
    const { intake, prove } = await intakeApi.known({ name, bytes: size, sha256: hash });
    if (!intake || !prove) return false;
    const piece = new Uint8Array(await this.file.slice(prove.fromByte, prove.toByte).arrayBuffer());
    const proof = sha256.create().update(new TextEncoder().encode(prove.nonce)).update(piece).digest();
    const { intakeId } = await intakeApi.prove(intake.intakeId, { sha256: bytesToHex(proof) });
    this.#set({ state: 'sent', part: 1, intakeId });
    return true;
  }

  async #open(): Promise<Tus> {
    return new Tus(this.file, {
      endpoint: UPLOADS_PATH,
      chunkSize: UPLOAD_CHUNK,
      retryDelays: RETRY_MS,
      metadata: { filename: this.file.name },
      removeFingerprintOnSuccess: true,
      // A full disk does not empty itself while one waits.
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        return status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507);
      },
    });
  }

  #send(tus: Tus, signal: AbortSignal): Promise<void> {
    this.#measured = { at: 0, bytes: 0 };
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      Object.assign(tus.options, {
        onUploadUrlAvailable: () => this.#set({ intakeId: tus.url?.split('/').at(-1) ?? null }),
        onProgress: (sent: number, total: number) => this.#progress(sent, total),
        onSuccess: () => {
          this.#set({ state: 'sent', part: 1, rate: 0 });
          resolve();
        },
        onError: (error: Error) => {
          if (!signal.aborted) this.#set({ state: 'failed', failure: codeOf(error), rate: 0 });
          resolve();
        },
      });
      tus.start();
    });
  }

  #progress(sent: number, total: number): void {
    const now = performance.now();
    const { at, bytes } = this.#measured;
    let { rate } = this.#view;
    if (at === 0) this.#measured = { at: now, bytes: sent };
    else if (now - at >= RATE_MS) {
      const fresh = Math.max(0, ((sent - bytes) * 1_000) / (now - at));
      rate = rate === 0 ? fresh : rate * 0.6 + fresh * 0.4;
      this.#measured = { at: now, bytes: sent };
    }
    this.#set({ part: total > 0 ? sent / total : 0, rate });
  }

  #set(change: Partial<UploadView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changed();
  }
}

function codeOf(error: Error): PageErrorCode {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return 'NETWORK';
  try {
    return Refusal.parse(JSON.parse(response.getBody())).error.code;
  } catch {
    return response.getStatus() >= 502 ? 'NETWORK' : 'INTERNAL';
  }
}

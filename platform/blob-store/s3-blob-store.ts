import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { AppError } from '#protocol/errors.ts';
import { type BlobInfo, type BlobRange, type BlobStore, isBlobKey } from './blob-store.ts';

const READ_ATTEMPTS = 3;

export interface S3Place {
  kind: 's3';
  bucket: string;
  /** Before every key, e.g. `county/`; empty for a bucket of our own. */
  prefix: string;
  /** Empty: Amazon's own for the region. */
  endpoint: string;
  region: string;
  /** Empty: as the SDK finds them (environment, files, the machine's role). */
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * Blobs as objects of an S3 bucket. An object appears whole or not at all, and an acknowledged one is on the
 * provider's disks: every put is durable. Each carries the SHA-256 of its content as metadata `sha256`.
 */
export class S3BlobStore implements BlobStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor({ bucket, prefix, endpoint, region, accessKeyId, secretAccessKey }: S3Place) {
    this.#bucket = bucket;
    this.#prefix = prefix;
    this.#client = new S3Client({
      region,
      ...(endpoint && { endpoint, forcePathStyle: true }),
      ...(accessKeyId && { credentials: { accessKeyId, secretAccessKey } }),
      // Stores of other makers refuse the SDK's newer trailing checksums; ours is the SHA-256.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(key: string, data: Uint8Array | string): Promise<void> {
    const object = this.#object(key);
    const Body = typeof data === 'string' ? Buffer.from(data) : data;
    const Metadata = { sha256: createHash('sha256').update(Body).digest('hex') };
    await this.#client.send(new PutObjectCommand({ ...object, Body, Metadata })).catch(refuse);
  }

  async putFile(key: string, path: string): Promise<void> {
    const object = this.#object(key);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const params = { ...object, Body: createReadStream(path), Metadata: { sha256: hash.digest('hex') } };
    await new Upload({ client: this.#client, params }).done().catch(refuse);
    await unlink(path);
  }

  async get(key: string): Promise<Buffer> {
    const command = new GetObjectCommand(this.#object(key));
    for (let attempt = 1; ; attempt += 1) {
      const { Body, ContentLength } = await this.#client.send(command).catch(refuse);
      try {
        const data = Buffer.from(await Body!.transformToByteArray());
        if (ContentLength === undefined || data.length === ContentLength) return data;
        throw new Error(`${data.length} of ${ContentLength} bytes came`);
      } catch (error) {
        // The SDK tries a request again, but not an answer that breaks off in the middle.
        if (attempt === READ_ATTEMPTS) throw error;
      }
    }
  }

  async info(key: string): Promise<BlobInfo> {
    const found = await this.#client.send(new HeadObjectCommand(this.#object(key))).catch(refuse);
    const sha256 = found.Metadata?.sha256;
    return {
      bytes: found.ContentLength ?? 0,
      modifiedMs: found.LastModified?.getTime() ?? 0,
      ...(sha256 && { sha256 }),
    };
  }

  async open(key: string, range?: BlobRange): Promise<Readable> {
    const Range = range && `bytes=${range.start}-${range.end}`;
    const command = new GetObjectCommand({ ...this.#object(key), ...(Range && { Range }) });
    const { Body } = await this.#client.send(command).catch(refuse);
    return Body as Readable;
  }

  async list(prefix: string): Promise<string[]> {
    const { Bucket, Key } = this.#object(prefix);
    const keys: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await this.#client
        .send(
          new ListObjectsV2Command({
            Bucket,
            Prefix: `${Key}/`,
            ...(ContinuationToken && { ContinuationToken }),
          }),
        )
        .catch(refuse);
      for (const { Key: found } of page.Contents ?? [])
        if (found) keys.push(found.slice(this.#prefix.length));
      ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (ContinuationToken);
    return keys.sort();
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#object(key))).catch((error: unknown) => {
      const translated = translate(error);
      if (!(translated instanceof AppError && translated.code === 'NOT_FOUND')) throw translated;
    });
  }

  #object(key: string): { Bucket: string; Key: string } {
    if (!isBlobKey(key)) throw new AppError('BAD_REQUEST', 'not a blob key');
    return { Bucket: this.#bucket, Key: `${this.#prefix}${key}` };
  }
}

function refuse(error: unknown): never {
  throw translate(error);
}

function translate(error: unknown): unknown {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404)
    return new AppError('NOT_FOUND', 'no such blob', { cause: error });
  // Quotas of the makers that have them.
  if (name === 'QuotaExceeded' || name === 'XMinioStorageFull' || $metadata?.httpStatusCode === 507)
    return new AppError('RECORDING_DISK_FULL', 'no space left for blobs', { cause: error });
  return error;
}

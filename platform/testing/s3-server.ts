import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Place } from '../blob-store/s3-blob-store.ts';
import { freePort } from './free-port.ts';

const BUCKET = 'blobs';

/** An S3 server of a test's own on loopback, with one bucket. */
export async function startS3(prefix = ''): Promise<{ place: S3Place; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 's3-'));
  const port = await freePort();
  const server = new S3rver({
    ...{ port, address: '127.0.0.1', silent: true, directory },
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  await server.run();
  return {
    place: {
      kind: 's3',
      bucket: BUCKET,
      prefix,
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      // The server's own.
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

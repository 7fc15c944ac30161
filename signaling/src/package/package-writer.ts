import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Manifest } from '#protocol/package.ts';
import type { ResourceFile } from '#protocol/resource.ts';
import { metadataOf, writeMetadata } from '../metadata/formats.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import { MANIFEST } from './zip.ts';

export interface PackedResource {
  resource: ResourceRow;
  source: ResourceFile | null;
}

/**
 * Resources as one zip, written while it is read: a file is opened when its turn comes, and none is held in memory.
 * Each has its metadata twice, as LOM for any platform and as JSON for people with scripts.
 */
export function writePackage(blobs: BlobStore, all: readonly PackedResource[], origin: string): Readable {
  const zip = new ZipFile();
  const manifest: Manifest = { package: 'three-classrooms', version: 1, resources: [] };
  for (const [index, { resource, source }] of all.entries()) {
    const folder = String(index + 1).padStart(4, '0');
    const ending = source ? (source.blobKey.split('.').at(-1) ?? 'bin') : '';
    const path = `${folder}/source.${ending}`;
    manifest.resources.push({
      metadata: `${folder}/metadata.xml`,
      file: source && { path, name: `${resource.title}.${ending}`, sha256: source.sha256 },
    });
  }
  zip.addBuffer(Buffer.from(JSON.stringify(manifest, null, 2)), MANIFEST);
  for (const [index, { resource, source }] of all.entries()) {
    const { metadata, file } = manifest.resources[index]!;
    const told = metadataOf(resource, { origin, file: source });
    zip.addBuffer(Buffer.from(writeMetadata('lom', 'xml', told)), metadata);
    zip.addBuffer(Buffer.from(writeMetadata('jyt0607', 'json', told)), metadata.replace('.xml', '.json'));
    if (!source || !file) continue;
    // Films and pictures are packed already.
    const options = { size: source.bytes, compress: false };
    zip.addReadStreamLazy(file.path, options, (done) => {
      blobs.open(source.blobKey).then(
        (stream) => done(null, stream),
        (error: unknown) => done(error, null as never),
      );
    });
  }
  zip.end();
  zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error));
  return zip.outputStream as Readable;
}

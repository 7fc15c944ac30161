import { z } from 'zod';
import { AppError } from '#protocol/errors.ts';
import type { Resource } from '#protocol/resource.ts';
import { type FlatFormat, fromFlat, GBT_41469, JYT_0607, toFlat } from './flat.ts';
import { fromLom, toLom } from './lom.ts';
import { type Metadata, soundMetadata } from './metadata.ts';
import { buildXml, MAX_XML_BYTES, parseXml, type Tree } from './xml.ts';

/** The field sets in which a resource is told of, each as XML and as JSON of the same names. */
export const MetadataFormat = z.enum(['lom', 'jyt0607', 'gbt41469']);
export type MetadataFormat = z.infer<typeof MetadataFormat>;

const FLAT: Record<Exclude<MetadataFormat, 'lom'>, FlatFormat> = { jyt0607: JYT_0607, gbt41469: GBT_41469 };

export const treeOf = (format: MetadataFormat, metadata: Metadata): Tree =>
  format === 'lom' ? toLom(metadata) : toFlat(FLAT[format], metadata);

export const writeMetadata = (format: MetadataFormat, as: 'xml' | 'json', metadata: Metadata): string => {
  const tree = treeOf(format, metadata);
  return as === 'xml' ? buildXml(tree) : `${JSON.stringify(tree, null, 2)}\n`;
};

/**
 * Metadata in any of the formats, as XML or JSON; which one, its root says.
 * @throws AppError XML_UNSAFE, METADATA_UNREADABLE, TEXT_TOO_LONG
 */
export function readMetadata(data: Uint8Array): Metadata {
  const first = Buffer.from(data.subarray(0, 200))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()[0];
  const tree = first === '{' ? readJson(data) : parseXml(data);
  if (tree.lom !== undefined) return soundMetadata(fromLom(tree));
  const flat = Object.values(FLAT).find(({ root }) => tree[root] !== undefined);
  if (!flat) throw new AppError('METADATA_UNREADABLE', 'none of the known formats');
  return soundMetadata(fromFlat(flat, tree));
}

function readJson(data: Uint8Array): Tree {
  if (data.length > MAX_XML_BYTES) throw new AppError('METADATA_UNREADABLE', 'too large');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data)) as Tree;
  } catch (error) {
    throw new AppError('METADATA_UNREADABLE', 'not JSON', { cause: error });
  }
}

export interface Told {
  /** Where pages of this platform are, without a slash at the end. */
  origin: string;
  file?: { mime: string; bytes: number } | null;
}

/** What other platforms are told of a resource. */
export function metadataOf(resource: Omit<Resource, 'may'>, { origin, file }: Told): Metadata {
  const { resourceId, title, description, kind, catalogue, licence, authorName, organizationName } = resource;
  const { createdAt, publishedAt, durationMs } = resource;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return {
    identifier: oaiIdentifier(origin, resourceId),
    ...{ title, description, kind, catalogue, licence },
    author: authorName,
    organization: organizationName,
    created: day(createdAt),
    published: publishedAt === null ? null : day(publishedAt),
    mime: file?.mime ?? null,
    bytes: file?.bytes ?? null,
    seconds: durationMs === null ? null : Math.round(durationMs / 1000),
    location: `${origin}/resources/${resourceId}`,
  };
}

/** An id that is this resource's on every platform (OAI identifier format). */
export const oaiIdentifier = (origin: string, resourceId: string): string =>
  `oai:${new URL(origin).hostname}:${resourceId}`;

import { z } from 'zod';
import { AppError } from '#protocol/errors.ts';
import { Catalogue, Licence, ResourceKind, ResourceText } from '#protocol/resource.ts';
import { sharedText } from '#protocol/text.ts';

/**
 * What is told of a resource to other platforms, and taken from them: the one shape between all formats. The table
 * of what it is called in each is `docs/metadata.md`.
 */
export const Metadata = z.object({
  /** Known everywhere and for ever: `oai:<host>:<id>`, or whatever another platform calls it. */
  identifier: z.string().max(300).nullable().default(null),
  ...ResourceText.shape,
  kind: ResourceKind.nullable().default(null),
  catalogue: Catalogue,
  licence: Licence.default('reserved'),
  author: sharedText({ min: 0, max: 60 }).default(''),
  organization: sharedText({ min: 0, max: 120 }).default(''),
  /** Days, `YYYY-MM-DD`. */
  created: z.iso.date().nullable().default(null),
  published: z.iso.date().nullable().default(null),
  mime: z.string().max(120).nullable().default(null),
  bytes: z.number().int().nonnegative().nullable().default(null),
  /** Whole seconds. */
  seconds: z.number().int().nonnegative().nullable().default(null),
  /** Where it is looked at. */
  location: z.string().max(2_000).nullable().default(null),
});
export type Metadata = z.infer<typeof Metadata>;

/** The places of the catalogue, from the widest to the narrowest. */
export const PLACES = ['stage', 'grade', 'subject', 'edition', 'volume', 'chapter', 'section'] as const;
export type Place = (typeof PLACES)[number];

/** What a format's reader found, before anybody looked whether it is sound. */
export type RawMetadata = { [Key in keyof Metadata]?: unknown };

/** @throws AppError TEXT_TOO_LONG, METADATA_UNREADABLE, each with the field's name. */
export function soundMetadata(raw: RawMetadata): Metadata {
  const parsed = Metadata.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.join('.') ?? '';
  const long = issue?.code === 'too_big' || issue?.message === 'too long';
  throw new AppError(long ? 'TEXT_TOO_LONG' : 'METADATA_UNREADABLE', `${path}: ${issue?.message}`);
}

export const asLicence = (text: string | null): Licence => {
  const found = Licence.safeParse(text);
  return found.success ? found.data : 'reserved';
};

import { z } from 'zod';
import { ErrorCode } from './errors.ts';
import { Sha256 } from './intake.ts';

/*
 * A package (资源包): many resources with their metadata and files in one zip, in and out.
 *
 *   GET  /api/library/package?ids=a,b,…              the zip, streamed; of what the asker may export
 *   GET  /api/library/packages/:intakeId             PackageReport   (what importing an uploaded one would do)
 *   POST /api/library/packages/:intakeId/import      ImportPackage → Intake
 *   GET  /api/resources/:resourceId/metadata?format=lom|jyt0607|gbt41469&as=xml|json
 */

export const MAX_ROWS = 2_000;

/** `manifest.json` of a package. Names are those of files in the same zip. */
export const Manifest = z.object({
  package: z.literal('three-classrooms'),
  version: z.literal(1),
  resources: z
    .array(
      z.object({
        /** XML or JSON in one of the known formats. */
        metadata: z.string().min(1).max(300),
        /** Null: a programme of recordings, of which a package has the metadata only. */
        file: z
          .object({
            path: z.string().min(1).max(300),
            /** As its sender called it. */
            name: z.string().max(300).default(''),
            sha256: Sha256.optional(),
          })
          .nullable(),
      }),
    )
    .min(1)
    .max(MAX_ROWS),
});
export type Manifest = z.infer<typeof Manifest>;

/** `new`: becomes a draft. `same`: this organization has the content already. `refused`: and why. */
export const PackageRow = z.object({
  /** From 1, in the manifest's order. */
  row: z.number().int(),
  title: z.string(),
  name: z.string(),
  bytes: z.number(),
  fate: z.enum(['new', 'same', 'refused']),
  failure: ErrorCode.nullable(),
  /** The field that it is about, where one is. */
  detail: z.string(),
});
export type PackageRow = z.infer<typeof PackageRow>;

export const PackageReport = z.object({ rows: z.array(PackageRow), imported: z.number().int().nullable() });
export type PackageReport = z.infer<typeof PackageReport>;

/** Without `skipRefused` nothing is imported while one row is refused. */
export const ImportPackage = z.object({ skipRefused: z.boolean().default(false) });

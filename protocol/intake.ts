import { z } from 'zod';
import type { Account } from './domain.ts';
import { ErrorCode } from './errors.ts';
import { Id, WallMs } from './ids.ts';
import { Catalogue, Licence, ResourceText } from './resource.ts';

/*
 * Bringing in (上传): how a file that did not come out of a lesson becomes a resource.
 *
 *   POST   /api/library/uploads                 tus 1.0.0 creation; Upload-Metadata `filename`
 *   HEAD   /api/library/uploads/:intakeId       tus: how much is there
 *   PATCH  /api/library/uploads/:intakeId       tus: more of it; the last one is answered when all bytes are there
 *   DELETE /api/library/uploads/:intakeId       tus termination: gives it up
 *   POST   /api/library/known                   AskKnown → Known     (is this content in my organization already?)
 *   GET    /api/library/intakes                 Intake[]             (mine: unfinished, and of the last day)
 *   GET    /api/library/intakes/:intakeId       Intake
 *   POST   /api/library/intakes/:intakeId/proof Proof → Intake       (I really have the content that I asked for)
 *   POST   /api/library/intakes/:intakeId/retry → Intake             (after a failure that may pass)
 *   POST   /api/library/intakes/:intakeId/withdraw → {}              (also its draft, while nobody has reviewed it)
 *   POST   /api/library/intakes/catalogue       CatalogueMany → Intake[]
 *   GET    /api/resources/:resourceId/files     ResourceFiles        (of a resource that is files; for who may watch it)
 */

/**
 * `receiving`: bytes are coming. `proving`: the content is known, its sender has to show that it has it. `checking`:
 * it is looked into. `preparing`: a resource is there, what pages show of it is being made. `ready`: all done.
 */
export const IntakeState = z.enum(['receiving', 'proving', 'checking', 'preparing', 'ready', 'failed']);
export type IntakeState = z.infer<typeof IntakeState>;

/** `package`: many resources with their metadata in one zip (`protocol/package.ts`). */
export const IntakeKind = z.enum(['film', 'document', 'image', 'package']);
export type IntakeKind = z.infer<typeof IntakeKind>;

/** What its sender should know of a file that was taken in. */
export const IntakeNotice = z.enum([
  /** Nothing to look at: it is played as sound. */
  'audioOnly',
  /** Made anew because browsers do not play it as it came. */
  'reencoded',
  /** The picture was larger than screens are. */
  'scaled',
  /** The same content was here already and is kept once. */
  'shared',
  /** Slides that cannot be made into pages here; they can be downloaded. */
  'noPreview',
  /** The PDF has scripts in it; they are never run. */
  'scripted',
]);
export type IntakeNotice = z.infer<typeof IntakeNotice>;

export const Intake = z.object({
  intakeId: Id,
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  receivedBytes: z.number().int().nonnegative(),
  state: IntakeState,
  /** Known once it was looked into. */
  kind: IntakeKind.nullable(),
  failure: ErrorCode.nullable(),
  notices: z.array(IntakeNotice),
  /** How much of the preparing is done, 0 to 1. */
  progress: z.number().min(0).max(1),
  resourceId: Id.nullable(),
  /** Its sender has said what it is. */
  described: z.boolean(),
  createdAt: WallMs,
});
export type Intake = z.infer<typeof Intake>;

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const AskKnown = z.object({
  name: z.string().max(1_000),
  bytes: z.number().int().positive(),
  sha256: Sha256,
});
export type AskKnown = z.infer<typeof AskKnown>;

/** What has to be hashed to show that one has the content: the nonce's text, then these bytes of the file. */
export const Known = z.object({
  intake: Intake.nullable(),
  prove: z.object({ nonce: z.string(), fromByte: z.number().int(), toByte: z.number().int() }).nullable(),
});
export type Known = z.infer<typeof Known>;
export const Proof = z.object({ sha256: Sha256 });
export type Proof = z.infer<typeof Proof>;

/** The same catalogue fields for many files at once; a title belongs to one. */
export const CatalogueMany = z.object({
  intakeIds: z.array(Id).min(1).max(200),
  title: ResourceText.shape.title.optional(),
  description: ResourceText.shape.description.optional(),
  catalogue: Catalogue.optional(),
  licence: Licence.optional(),
});
export type CatalogueMany = z.infer<typeof CatalogueMany>;

/** Who brings resources in: those who teach and those who keep a library. */
export const mayBringIn = ({ kind, role }: Account): boolean =>
  kind === 'person' && !['student', 'classroom', 'security', 'auditor'].includes(role);

/** One piece of an upload; a line that breaks costs at most as much. */
export const UPLOAD_CHUNK = 8 * 1024 * 1024;
export const UPLOADS_PATH = '/api/library/uploads';

/** Where pages read what a resource of files shows: signed for minutes, asked for again by whoever stays longer. */
export const ResourceFiles = z.object({
  /** Picture for shelves. */
  cover: z.string().nullable(),
  /** HLS of a film. */
  playable: z.string().nullable(),
  /** PDF of a document's pages. */
  pages: z.string().nullable(),
  image: z.string().nullable(),
  /** What was sent, for who may download it. */
  source: z.object({ path: z.string(), bytes: z.number(), mime: z.string() }).nullable(),
});
export type ResourceFiles = z.infer<typeof ResourceFiles>;

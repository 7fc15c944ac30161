import { z } from 'zod';
import { Id, WallMs } from './ids.ts';
import { Programme } from './programme.ts';
import { sharedText } from './text.ts';

/* A resource (资源): a catalogued, reviewed, published thing in the library. */

export const ResourceKind = z.enum(['replay', 'microVideo', 'film', 'document', 'image']);
export type ResourceKind = z.infer<typeof ResourceKind>;
/** Kinds that are a programme of recordings; the others are files. */
export const isProgramme = (kind: ResourceKind): boolean => kind === 'replay' || kind === 'microVideo';

/**
 * A resource's life. `submitted`: the author has promised and the school is to review; `schoolPassed`: the bureau is,
 * where the reach needs it; `returned` is `draft` again, with the review's comments. Whatever is changed of what a
 * viewer sees makes it a `draft` again, from every state: nothing is public that was not reviewed.
 */
export const ResourceState = z.enum([
  'draft',
  'submitted',
  'schoolPassed',
  'bureauPassed',
  'published',
  'withdrawn',
]);
export type ResourceState = z.infer<typeof ResourceState>;

export const RESOURCE_TRANSITIONS: Record<ResourceState, readonly ResourceState[]> = {
  draft: ['submitted'],
  submitted: ['draft', 'schoolPassed'],
  schoolPassed: ['draft', 'bureauPassed', 'published'],
  bureauPassed: ['draft', 'published'],
  published: ['withdrawn', 'draft'],
  withdrawn: ['draft', 'published'],
};

/** Who may watch once it is published, from the narrowest. `password`: anybody who knows it, without signing in. */
export const Reach = z.enum(['classes', 'school', 'county', 'signedIn', 'public', 'password']);
export type Reach = z.infer<typeof Reach>;
/** Beyond one's own school the bureau reviews as well. */
export const needsBureau = (reach: Reach): boolean => reach !== 'classes' && reach !== 'school';

/** Creative Commons 4.0 as the library offers it, or all rights reserved. */
export const Licence = z.enum(['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'reserved']);
export type Licence = z.infer<typeof Licence>;

/** Where a resource stands in the catalogue; every field may be open. */
export const Catalogue = z.object({
  /** 学段 */ stage: sharedText({ max: 20 }).nullable().default(null),
  /** 年级 */ grade: sharedText({ max: 20 }).nullable().default(null),
  /** 学科 */ subject: sharedText({ max: 20 }).nullable().default(null),
  /** 教材版本 */ edition: sharedText({ max: 40 }).nullable().default(null),
  /** 册次 */ volume: sharedText({ max: 20 }).nullable().default(null),
  /** 单元/章 */ chapter: sharedText({ max: 80 }).nullable().default(null),
  /** 课/节 */ section: sharedText({ max: 80 }).nullable().default(null),
  /** 知识点 */ knowledgePoints: z
    .array(sharedText({ max: 40 }))
    .max(20)
    .default([]),
});
export type Catalogue = z.infer<typeof Catalogue>;

export const ResourceText = z.object({
  title: sharedText({ max: 120 }),
  description: sharedText({ min: 0, max: 2_000, lines: 40 }),
});

/** A file of a resource that is not a programme. `source` is what was sent, `playable` what is shown. */
export const ResourceFile = z.object({
  role: z.enum(['source', 'playable', 'cover', 'pages']),
  blobKey: z.string(),
  sha256: z.string(),
  bytes: z.number().int().nonnegative(),
  mime: z.string(),
});
export type ResourceFile = z.infer<typeof ResourceFile>;

export const Resource = z.object({
  resourceId: Id,
  organizationId: Id,
  organizationName: z.string(),
  kind: ResourceKind,
  /** The lesson whose replay it is, or that its first clip comes from. */
  lessonId: Id.nullable(),
  authorId: Id,
  authorName: z.string(),
  title: z.string(),
  description: z.string(),
  state: ResourceState,
  /** Grows by one with every change; a change says which version it saw and is OVERTAKEN by a faster one. */
  version: z.number().int().positive(),
  catalogue: Catalogue,
  licence: Licence,
  reach: Reach,
  /** Watchable within `[startsAt, endsAt)` only; null: no such limit. */
  startsAt: WallMs.nullable(),
  endsAt: WallMs.nullable(),
  programme: Programme.nullable(),
  durationMs: z.number().nullable(),
  plays: z.number().int().nonnegative(),
  createdAt: WallMs,
  publishedAt: WallMs.nullable(),
  /** What the asking account may do with it. */
  may: z.array(z.string()),
});
export type Resource = z.infer<typeof Resource>;

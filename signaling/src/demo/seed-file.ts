import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { LessonMode, OrganizationKind, Role } from '#protocol/domain.ts';

const Name = z.string().min(1).max(80);

export const SeedLesson = z.strictObject({
  title: Name,
  course: Name,
  mode: LessonMode,
  /** `now`, or a time of day on the server's clock. */
  start: z.union([z.literal('now'), z.string().regex(/^\d{2}:\d{2}$/)]),
  minutes: z.number().int().positive(),
  period: z.number().int().positive().optional(),
  teacher: Name,
  masterClassroom: Name,
  masterClassGroup: Name.optional(),
  remote: z.array(
    z.strictObject({ classroom: Name, classGroup: Name.optional(), assistant: Name.optional() }),
  ),
});
export type SeedLesson = z.infer<typeof SeedLesson>;

export const SeedFile = z.strictObject({
  organizations: z.array(z.strictObject({ name: Name, kind: OrganizationKind, parent: Name.optional() })),
  people: z.array(z.strictObject({ name: Name, organization: Name, role: Role })),
  classrooms: z.array(z.strictObject({ name: Name, organization: Name })),
  classGroups: z.array(
    z.strictObject({
      name: Name,
      organization: Name,
      grade: Name,
      students: z.array(Name).optional(),
      /** Children who belong to the class and sign in nowhere. */
      pupils: z.array(Name).optional(),
    }),
  ),
  courses: z.array(z.strictObject({ title: Name, organization: Name, subject: Name, grade: Name })),
  lessons: z.array(SeedLesson).min(1),
});
export type SeedFile = z.infer<typeof SeedFile>;

export function readSeedFile(): SeedFile {
  return SeedFile.parse(parse(readFileSync(new URL('../../seed.yaml', import.meta.url), 'utf8')));
}

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CatalogueNode } from '#protocol/search.ts';

const Name = z.string().min(1).max(80);

/** As it is written: what all subjects of a stage share is told once. */
const CatalogueFile = z.strictObject({
  stages: z.array(z.strictObject({ name: Name, grades: z.array(Name) })),
  volumes: z.array(Name),
  subjects: z.array(
    z.strictObject({
      name: Name,
      /** Grades in which it is taught. */
      grades: z.array(Name),
      editions: z.array(Name),
      /** By grade and volume (五年级上册): units, each with its sections. */
      units: z.record(Name, z.record(Name, z.array(Name))).optional(),
    }),
  ),
});

/** The reference tree of compulsory education: stage, grade, subject, edition, volume, chapter, section. */
export function readCatalogue(): CatalogueNode[] {
  const file = CatalogueFile.parse(
    parse(readFileSync(new URL('../../catalogue.yaml', import.meta.url), 'utf8')),
  );
  return file.stages.map((stage) => ({
    name: stage.name,
    children: stage.grades.map((grade) => ({
      name: grade,
      children: file.subjects
        .filter(({ grades }) => grades.includes(grade))
        .map(({ name, editions, units }) => ({
          name,
          children: editions.map((edition, index) => ({
            name: edition,
            children: file.volumes.map((volume) => ({
              name: volume,
              // Units are those of the first edition: others divide the year in their own way.
              children: index === 0 ? unitsOf(units?.[`${grade}${volume}`]) : [],
            })),
          })),
        })),
    })),
  }));
}

const leaf = (name: string): CatalogueNode => ({ name, children: [] });
const unitsOf = (units: Record<string, string[]> = {}): CatalogueNode[] =>
  Object.entries(units).map(([name, sections]) => ({ name, children: sections.map(leaf) }));

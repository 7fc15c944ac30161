import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { parse } from 'yaml';
import { newId } from '#platform/ids.ts';
import type { Db } from '../../signaling/src/database/database.ts';

/*
 * A library as a province has it: published resources of all subjects and grades, from many schools of several
 * counties, with titles as teachers write them; and a few with captions. The same for the same seed.
 */

const CHUNK = 1_000;
const COUNTIES = 4;
const SCHOOLS = 60;
const TEACHERS = 10;
const CAPTIONED = 0.02;
const CUES = 60;

const WAYS = [
  '',
  '(第一课时)',
  '(第二课时)',
  '微课',
  '公开课',
  '练习课',
  '整理与复习',
  '教学设计',
  '名师课堂',
  '专递课堂',
];
const OPENINGS = ['', '走进', '探究', '认识', '再谈', '怎样学好', '趣味'];
const SENTENCES = [
  '从生活中的例子开始',
  '学生小组讨论并汇报',
  '配套练习在第三页',
  '重点是理解算理',
  '结合课件与板书讲解',
  '适合复式班使用',
  '两校同步上课的实录',
];
const PIECES = [
  '同学们',
  '请看黑板',
  '这里为什么',
  '我们来读一遍',
  '谁能说一说',
  '注意单位',
  '很好请坐',
  '打开课本',
  '先算括号里的',
  '再想一想',
  '石门教学点的同学',
  '把答案写在本子上',
];

interface CatalogueFile {
  stages: { name: string; grades: string[] }[];
  subjects: {
    name: string;
    grades: string[];
    editions: string[];
    units?: Record<string, Record<string, string[]>>;
  }[];
}

/** Xorshift: the same numbers on every machine. */
function dice(seed: number) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return { next, of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! };
}

export interface Province {
  /** Somebody of the first school. */
  accountId: string;
  organizationId: string;
}

/** Fills an empty, migrated database with `count` resources that wait to be indexed. */
export async function fillLibrary(db: Db, count: number, say: (text: string) => void): Promise<Province> {
  const file = parse(
    readFileSync(new URL('../../signaling/catalogue.yaml', import.meta.url), 'utf8'),
  ) as CatalogueFile;
  const { next, of } = dice(20_261_122);
  const counties = Array.from({ length: COUNTIES }, (_, n) => ({ id: newId(), name: `第${n + 1}县教育局` }));
  const schools = Array.from({ length: SCHOOLS }, (_, n) => ({
    id: newId(),
    parent: counties[n % COUNTIES]!.id,
    name: `第${n + 1}小学`,
  }));
  await db
    .insertInto('organization')
    .values([
      ...counties.map(({ id, name }) => ({ id, name, kind: 'bureau' as const, parent_id: null })),
      ...schools.map(({ id, name, parent }) => ({ id, name, kind: 'school' as const, parent_id: parent })),
    ])
    .execute();
  const teachers = schools.flatMap(({ id }) =>
    Array.from({ length: TEACHERS }, () => ({
      id: newId(),
      organization_id: id,
      kind: 'person' as const,
      name: `${of([...'王李张刘陈杨赵黄周吴'])}${of([...'静伟芳娜敏强磊洋艳杰'])}${of([...'华平英文丽军'])}`,
    })),
  );
  await db.insertInto('account').values(teachers).execute();
  const topics = file.subjects.flatMap(({ name, grades, editions, units }) =>
    grades.flatMap((grade) => {
      const stage = file.stages.find((known) => known.grades.includes(grade))!.name;
      const place = { stage, grade, subject: name };
      const own = ['上册', '下册'].flatMap((volume) =>
        Object.entries(units?.[`${grade}${volume}`] ?? {}).flatMap(([chapter, sections]) =>
          sections.map((section) => ({ ...place, edition: editions[0]!, volume, chapter, section })),
        ),
      );
      return own.length > 0
        ? own
        : [1, 2, 3, 4, 5, 6].map((n) => ({
            ...place,
            edition: of(editions),
            volume: of(['上册', '下册']),
            chapter: `第${n}单元`,
            section: `${name}第${n}课`,
          }));
    }),
  );
  const captioned: { id: string; organizationId: string; by: string }[] = [];
  for (let done = 0; done < count; done += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, count - done) }, () => {
      const topic = of(topics);
      const teacher = of(teachers);
      const reach = next();
      const row = {
        ...topic,
        id: newId(),
        organization_id: teacher.organization_id,
        author_id: teacher.id,
        kind: of(['film', 'film', 'film', 'document', 'image']),
        title: `${of(OPENINGS)}${topic.section}${of(WAYS)}`,
        description: `${of(SENTENCES)},${of(SENTENCES)}。`,
        state: 'published',
        reach: reach < 0.6 ? 'public' : reach < 0.75 ? 'signedIn' : reach < 0.88 ? 'county' : 'school',
        knowledge_points: [topic.section, ...(next() < 0.3 ? [topic.chapter] : [])],
        plays: Math.floor(1_000 * next() ** 6),
        published_at: new Date(1_700_000_000_000 + next() * 90_000_000_000),
      };
      if (next() < CAPTIONED)
        captioned.push({ id: row.id, organizationId: row.organization_id, by: row.author_id });
      return row;
    });
    await sql`
      insert into resource (id, organization_id, kind, author_id, title, description, state, stage, grade, subject,
        edition, volume, chapter, section, knowledge_points, reach, plays, created_at, updated_at, published_at)
      select id, organization_id, kind, author_id, title, description, state, stage, grade, subject,
        edition, volume, chapter, section, knowledge_points, reach, plays, published_at, published_at, published_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(id text, organization_id text, kind text,
        author_id text, title text, description text, state text, stage text, grade text, subject text, edition text,
        volume text, chapter text, section text, knowledge_points jsonb, reach text, plays int,
        published_at timestamptz)`.execute(db);
    if ((done / CHUNK) % 20 === 19) say(`${done + CHUNK} resources are published`);
  }
  for (let from = 0; from < captioned.length; from += 200) {
    const some = captioned.slice(from, from + 200).map((subject) => ({ ...subject, captionId: newId() }));
    await db
      .insertInto('caption')
      .values(
        some.map(({ id, organizationId, captionId }) => ({
          id: captionId,
          organization_id: organizationId,
          subject_id: id,
          resource_id: id,
          lesson_id: null,
          language: 'zh-CN',
          label: '中文',
          version: 1,
          removed_at: null,
        })),
      )
      .execute();
    await db
      .insertInto('caption_version')
      .values(
        some.map(({ captionId, by }) => ({
          caption_id: captionId,
          version: 1,
          cues: JSON.stringify(
            Array.from({ length: CUES }, (_, n) => ({
              startMs: n * 5_000,
              endMs: n * 5_000 + 4_000,
              speaker: null,
              text: `${of(PIECES)},${of(PIECES)}${of(topics).section}`,
            })),
          ),
          cue_count: CUES,
          saved_by: by,
          saved_at: new Date(),
        })),
      )
      .execute();
  }
  const { id: accountId, organization_id: organizationId } = teachers[0]!;
  return { accountId, organizationId };
}

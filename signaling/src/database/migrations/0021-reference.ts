/*
 * Stages, grades, subjects and textbook editions as the ministry's lists have them; an administrator adds others.
 * Compulsory education as in `signaling/catalogue.yaml` when this was written, and the senior grades.
 */

const STAGES: Record<string, string[]> = {
  小学: ['一年级', '二年级', '三年级', '四年级', '五年级', '六年级'],
  初中: ['七年级', '八年级', '九年级'],
  高中: ['高一', '高二', '高三'],
};

const EDITIONS: Record<string, string[]> = {
  语文: ['统编版'],
  数学: ['人教版', '北师大版', '苏教版'],
  英语: ['人教PEP版', '外研版', '译林版'],
  道德与法治: ['统编版'],
  科学: ['教科版', '苏教版'],
  音乐: ['人音版', '人教版'],
  美术: ['人美版', '人教版'],
  体育与健康: ['人教版'],
  信息科技: ['人教版'],
  劳动: ['人教版'],
  物理: ['人教版', '沪科版'],
  化学: ['人教版', '沪教版'],
  生物: ['人教版', '北师大版'],
  历史: ['统编版'],
  地理: ['人教版', '湘教版'],
  思想政治: ['统编版'],
  综合实践活动: [],
  书法: ['人教版'],
  心理健康: [],
};

const quote = (text: string | null): string => (text === null ? 'null' : `'${text}'`);

function values(): string[] {
  const rows: [kind: string, name: string, stage: string | null, subject: string][] = [
    ...Object.keys(STAGES).map((name) => ['stage', name, null, ''] as (typeof rows)[number]),
    ...Object.entries(STAGES).flatMap(([stage, grades]) =>
      grades.map((name) => ['grade', name, stage, ''] as (typeof rows)[number]),
    ),
    ...Object.keys(EDITIONS).map((name) => ['subject', name, null, ''] as (typeof rows)[number]),
    ...Object.entries(EDITIONS).flatMap(([subject, editions]) =>
      editions.map((name) => ['textbook', name, null, subject] as (typeof rows)[number]),
    ),
  ];
  return rows.map((row, at) => `(${row.map(quote).join(', ')}, ${at})`);
}

/** An edition is of a subject: 人教版 of music is another book than 人教版 of English. */
export const REFERENCE = [
  `update reference_item set subject = '' where subject is null`,
  `alter table reference_item alter column subject set default '', alter column subject set not null`,
  'alter table reference_item drop constraint reference_item_pkey, add primary key (kind, name, subject)',
  `insert into reference_item (kind, name, stage, subject, position) values ${values().join(', ')}
    on conflict do nothing`,
];

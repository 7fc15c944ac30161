import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#protocol/errors.ts';
import { cleanText } from '#protocol/text.ts';
import { MetadataFormat, readMetadata, writeMetadata } from './formats.ts';
import { Metadata } from './metadata.ts';
import { parseXml } from './xml.ts';

const full: Metadata = Metadata.parse({
  identifier: 'oai:library.example.cn:AAAAAAAAAAAAAAAAAAAAAA',
  title: '两位数乘法 <练习> & "复习"',
  description: '第一行\n第二行',
  kind: 'film',
  catalogue: {
    stage: '小学',
    grade: '三年级',
    subject: '数学',
    edition: '人教版',
    volume: '下册',
    chapter: '第四单元 两位数乘两位数',
    section: '笔算乘法',
    knowledgePoints: ['乘法', '笔算; 竖式'],
  },
  licence: 'CC-BY-SA-4.0',
  author: '陈静, 周明',
  organization: '清河县实验小学',
  created: '2026-11-22',
  published: '2026-11-23',
  mime: 'video/mp4',
  bytes: 1_234_567,
  seconds: 2_700,
  location: 'https://library.example.cn/resources/AAAAAAAAAAAAAAAAAAAAAA',
});
const formats = MetadataFormat.options.flatMap((format) => [
  [format, 'xml' as const] as const,
  [format, 'json' as const] as const,
]);
const codeOf = (read: () => unknown): string | null => {
  try {
    read();
    return null;
  } catch (error) {
    return AppError.from(error).code;
  }
};
const bytes = (text: string) => Buffer.from(text);

describe.each(formats)('%s as %s', (format, as) => {
  test('comes back as it went', () => {
    expect(readMetadata(bytes(writeMetadata(format, as, full)))).toEqual(full);
  });

  test('of a resource of which hardly anything is known', () => {
    const bare = Metadata.parse({ title: '一', description: '', catalogue: {} });
    expect(readMetadata(bytes(writeMetadata(format, as, bare)))).toEqual(bare);
  });

  test('whatever people write', () => {
    const words = (max: number) =>
      fc
        .string({ unit: 'binary', maxLength: max })
        .map((text) => cleanText(text))
        .filter((text) => text !== '');
    fc.assert(
      fc.property(
        words(40),
        words(60),
        words(20),
        fc.array(words(20), { maxLength: 3 }),
        (title, description, grade, points) => {
          const catalogue = { ...full.catalogue, grade, knowledgePoints: points };
          const written = Metadata.parse({ ...full, title, description, catalogue });
          expect(readMetadata(bytes(writeMetadata(format, as, written)))).toEqual(written);
        },
      ),
      { numRuns: 20 },
    );
  });
});

test('LOM has the names of its standard', () => {
  const xml = writeMetadata('lom', 'xml', full);
  expect(xml).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<lom xmlns="http:\/\/ltsc.ieee.org\/xsd\/LOM">/,
  );
  const { lom } = parseXml(xml) as { lom: Record<string, never> };
  expect(Object.keys(lom)).toEqual([
    'general',
    'lifeCycle',
    'metaMetadata',
    'technical',
    'educational',
    'rights',
    'classification',
  ]);
});

test('LOM of another platform: prefixes, other languages, disciplines of its own', () => {
  const xml = `<?xml version="1.0"?><!-- by hand --><l:lom xmlns:l="http://ltsc.ieee.org/xsd/LOM">
    <l:general><l:title><l:string language="zh">氧气的制取</l:string><l:string language="en">Oxygen</l:string></l:title>
    <l:keyword><l:string><![CDATA[氧气 & 实验]]></l:string></l:keyword></l:general>
    <l:technical><l:duration><l:duration>PT1H2M3.5S</l:duration></l:duration></l:technical>
    <l:classification><l:purpose><l:source>LOMv1.0</l:source><l:value>discipline</l:value></l:purpose>
    <l:taxonPath><l:taxon><l:id>CH</l:id><l:entry><l:string>化学</l:string></l:entry></l:taxon></l:taxonPath></l:classification>
    </l:lom>`;
  expect(readMetadata(bytes(xml))).toMatchObject({
    title: '氧气的制取',
    seconds: 3_723,
    catalogue: { subject: '化学', knowledgePoints: ['氧气 & 实验'] },
  });
});

describe('refused', () => {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join(
    '',
  );
  test.each<[string, string, string | Uint8Array]>([
    [
      'a billion laughs',
      'XML_UNSAFE',
      `<?xml version="1.0"?><!DOCTYPE lom [<!ENTITY l0 "ha">${laughs}]><lom>&l9;</lom>`,
    ],
    [
      'a file by an entity',
      'XML_UNSAFE',
      '<!DOCTYPE lom [<!ENTITY x SYSTEM "file:///etc/passwd">]><lom>&x;</lom>',
    ],
    ['an address by a DTD', 'XML_UNSAFE', '<!DOCTYPE lom SYSTEM "http://127.0.0.1/x.dtd"><lom/>'],
    ['a parameter entity', 'XML_UNSAFE', '<!DOCTYPE lom [<!ENTITY % p SYSTEM "http://a/"> %p;]><lom/>'],
    [
      'an entity out of nowhere',
      'XML_UNSAFE',
      '<lom><general><title><string>&xxe;</string></title></general></lom>',
    ],
    [
      'a DTD in another encoding',
      'METADATA_UNREADABLE',
      Buffer.from('\ufeff<!DOCTYPE lom []><lom/>', 'utf16le'),
    ],
    ['what is not closed', 'METADATA_UNREADABLE', '<lom><general></lom>'],
    ['a tower', 'METADATA_UNREADABLE', '<a>'.repeat(50_000)],
    ['too much of it', 'METADATA_UNREADABLE', `<lom>${' '.repeat(1_000_001)}</lom>`],
    ['something else', 'METADATA_UNREADABLE', '<html><body/></html>'],
    ['JSON of something else', 'METADATA_UNREADABLE', '{"a":1}'],
    ['JSON that is none', 'METADATA_UNREADABLE', '{"lom":'],
    ['no title', 'METADATA_UNREADABLE', '<lom><general/></lom>'],
    [
      'a title of 10,000 characters',
      'TEXT_TOO_LONG',
      `<lom><general><title><string>${'长'.repeat(10_000)}</string></title></general></lom>`,
    ],
    [
      'a title of 121',
      'TEXT_TOO_LONG',
      `<lom><general><title><string>${'长'.repeat(121)}</string></title></general></lom>`,
    ],
  ])('%s', (_, code, data) => {
    expect(codeOf(() => readMetadata(typeof data === 'string' ? bytes(data) : data))).toBe(code);
  });
});

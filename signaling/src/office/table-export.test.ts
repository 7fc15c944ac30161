import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import express from 'express';
import type { TableFormat } from '#protocol/table.ts';
import { ZipReader } from '../package/zip.ts';
import { csvOf, sendTable } from './table-export.ts';

test('a CSV has a BOM, quotes what needs it and defuses formulas, but leaves numbers alone', () => {
  const cells = [
    ['姓名', '备注'],
    ['王,芳', '说"好"'],
    ['=1+1', '-3.5'],
    ['@cmd', ' =2'],
    ['＝3', '两\n行'],
  ];
  expect(csvOf(cells)).toBe(
    '\ufeff姓名,备注\r\n"王,芳","说""好"""\r\n\'=1+1,-3.5\r\n\'@cmd,\' =2\r\n\'＝3,"两\n行"\r\n',
  );
});

async function download(format: TableFormat) {
  const app = express();
  app.get('/', async (_request, response) => {
    const columns = [
      { title: '姓名', value: ({ name }: { name: string | null }) => name },
      { title: '人数', value: () => 40 },
      { title: '日期', value: () => '2026-09-01' },
      { title: '开课率', value: () => '94.5%' },
      { title: '代码', value: () => '0530421' },
    ];
    await sendTable(response, {
      format,
      name: '人员 五/六年级',
      columns,
      rows: [{ name: '=HYPERLINK("x")\u0001' }, { name: null }],
    });
  });
  const server = app.listen(0);
  try {
    const address = server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${address.port}/`);
    return { headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  } finally {
    server.close();
  }
}

test('a table is sent as a file with its Chinese name', async () => {
  const { headers, body } = await download('csv');
  expect(headers.get('content-disposition')).toContain(encodeURIComponent('人员'));
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(body.toString()).toContain('人数');
});

test('an Excel file holds numbers, days and shares as such, all else as text, never formulas', async () => {
  const { headers, body } = await download('xlsx');
  expect(headers.get('content-type')).toContain('spreadsheetml');
  const folder = await mkdtemp(join(tmpdir(), 'table-export-'));
  try {
    const file = join(folder, 'a.xlsx');
    await writeFile(file, body);
    const zip = await ZipReader.open(file);
    const sheet = (await zip.read('xl/worksheets/sheet1.xml', 1_000_000)).toString();
    const shared = (await zip.read('xl/sharedStrings.xml', 1_000_000)).toString();
    zip.close();
    expect(sheet).toContain('<sheetData>');
    expect(sheet).not.toContain('<f>');
    // 46266 is the 1st of September 2026 as Excel counts days.
    for (const [cell, value] of [
      ['B2', '40'],
      ['C2', '46266'],
      ['D2', '0.945'],
    ])
      expect(sheet).toMatch(new RegExp(`<c r="${cell}"(?![^>]*t="s")[^>]*><v>${value}</v>`));
    expect(shared).toContain('0530421');
  } finally {
    await rm(folder, { recursive: true });
  }
});

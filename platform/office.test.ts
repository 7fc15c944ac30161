import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findOffice, slidesToPdf } from './office.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'office-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SLIDES = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.2"
  office:mimetype="application/vnd.oasis.opendocument.presentation">
  <office:body><office:presentation><draw:page draw:name="one"/></office:presentation></office:body>
</office:document>`;

test('LibreOffice is where its variable says, or nowhere', () => {
  expect(findOffice({ LIBREOFFICE_BIN: process.execPath })).toBe(process.execPath);
  expect(findOffice({ LIBREOFFICE_BIN: join(folder, 'nothing'), PATH: process.env.PATH })).toBeNull();
  expect(findOffice({ LIBREOFFICE_BIN: '' })).toBeNull();
});

test('a program that hangs is ended with all that it started', async () => {
  const hangs = join(folder, 'hangs.sh');
  await writeFile(hangs, '#!/bin/sh\nsleep 600 & sleep 600\n', { mode: 0o755 });
  const converting = slidesToPdf(hangs, { file: join(folder, 'x.pptx'), folder, deadlineMs: 300 });
  await expect(converting).rejects.toThrow('not done within 300 ms');
}, 20_000);

describe('slides', () => {
  const office = findOffice();
  if (!office) console.warn('LibreOffice is not installed here: making pages of slides is not tested.');
  const installed = office ? test : test.skip;

  installed(
    'become a PDF',
    async () => {
      const file = join(folder, 'slides.pptx');
      await writeFile(file, SLIDES);
      await slidesToPdf(office!, { file, folder, deadlineMs: 120_000 });
      await access(join(folder, 'slides.pdf'));
    },
    150_000,
  );
});

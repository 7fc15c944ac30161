import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { handMadeZip, SLIDES } from '#platform/testing/hand-made-zip.ts';
import { displayName } from '#protocol/courseware.ts';
import { AppError } from '#protocol/errors.ts';
import { imageAspect } from './image-check.ts';
import { pdfPages } from './pdf-check.ts';
import { receive } from './upload.ts';
import { checkSlides } from './zip-check.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'courseware-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: Buffer): Promise<string> {
  const path = join(folder, `file-${Math.random()}`);
  await writeFile(path, content);
  return path;
}

const code = async (work: Promise<unknown>): Promise<string | null> =>
  await work.then(
    () => null,
    (error: unknown) => AppError.from(error).code,
  );

describe('slides', () => {
  const big = Buffer.alloc(60_000_000);
  test('are let through as they are', async () => {
    expect(await code(checkSlides(await file(handMadeZip(SLIDES))))).toBeNull();
  });

  test('that burst are refused, by what their directory says and by what it hides', async () => {
    const image = { name: 'ppt/media/a.bin', content: big };
    expect(await code(checkSlides(await file(handMadeZip([...SLIDES, image]))))).toBe('FILE_BOMB');
    const liar = { ...image, claims: 10 };
    expect(await code(checkSlides(await file(handMadeZip([...SLIDES, liar]))))).toBe('FILE_BOMB');
  });

  test('that are damaged or something else are refused', async () => {
    const whole = handMadeZip(SLIDES);
    expect(await code(checkSlides(await file(whole.subarray(0, whole.length - 30))))).toBe('FILE_UNREADABLE');
    const torn = Buffer.from(whole);
    torn.fill(0xff, 30, 60);
    expect(await code(checkSlides(await file(torn)))).not.toBeNull();
    expect(await code(checkSlides(await file(handMadeZip(SLIDES.slice(0, 1)))))).toBe('FILE_TYPE');
  });
});

describe('a PDF', () => {
  test('has its pages and their shapes', async () => {
    const { aspects, scripted } = await pdfPages(await file(handMadePdf(['a', 'b', 'c'])), 10);
    expect([aspects, scripted]).toEqual([[16 / 9, 16 / 9, 16 / 9], false]);
  }, 60_000);

  test('is refused with too many pages, and damaged', async () => {
    expect(await code(pdfPages(await file(handMadePdf(['a', 'b', 'c'])), 2))).toBe('FILE_TOO_MANY_PAGES');
    expect(await code(pdfPages(await file(Buffer.from('%PDF-1.7 nothing')), 2))).toBe('FILE_UNREADABLE');
  }, 60_000);
});

describe('a picture', () => {
  const png = (width: number, height: number) => {
    const head = Buffer.from('89504e470d0a1a0a0000000d494844520000000000000000080600000000000000', 'hex');
    head.writeUInt32BE(width, 16);
    head.writeUInt32BE(height, 20);
    return head;
  };
  test('is known by its head, without being unpacked', async () => {
    expect(await imageAspect(await file(png(400, 200)))).toBe(2);
    expect(await code(imageAspect(await file(png(100_000, 100_000))))).toBe('FILE_TOO_LARGE');
    expect(await code(imageAspect(await file(png(0, 10))))).toBe('FILE_UNREADABLE');
    expect(await code(imageAspect(await file(Buffer.from('no picture'))))).toBe('FILE_UNREADABLE');
  });
});

describe('an upload', () => {
  const limits = { maxBytes: 1_000_000 };
  const below = () => mkdtemp(join(folder, 'uploads-'));

  test('that is refused leaves nothing behind, and its sender’s line open', async () => {
    const place = await below();
    const body = Readable.from(
      [Buffer.from('%PDF-'), ...Array.from({ length: 100 }, () => Buffer.alloc(60_000))],
      {
        objectMode: false,
      },
    );
    expect(await code(receive(body, place, limits))).toBe('FILE_TOO_LARGE');
    expect([await readdir(place), body.destroyed]).toEqual([[], false]);
  });

  test('of a picture has a smaller limit, as soon as it is known for one', async () => {
    const head = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.alloc(300_000),
    ]);
    expect(await code(receive(Readable.from([head]), await below(), limits))).toBe('FILE_TOO_LARGE');
  });

  test('that breaks off is refused', async () => {
    async function* half() {
      yield handMadePdf(['a']);
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    }
    expect(await code(receive(Readable.from(half()), await below(), limits))).toBe('FILE_UNREADABLE');
  });
});

test('a name is for reading: no path, no tricks, no more than fits', () => {
  expect(displayName('../../etc/passwd')).toBe('passwd');
  expect(displayName('C:\\课件\\Unit 5.pptx')).toBe('Unit 5.pptx');
  expect(displayName('..')).toBe('');
  expect(displayName('a\u202Efdp.exe')).toBe('afdp.exe');
  expect(displayName('<img src=x onerror=alert(1)>.pdf')).toBe('img src=x onerror=alert(1).pdf');
  expect(displayName('长'.repeat(300))).toHaveLength(80);
});

import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '#protocol/errors.ts';

/** What a file is, by its content: its name says what its sender calls it. */
export interface FileKind {
  kind: 'pdf' | 'slides' | 'image' | 'clip';
  extension: 'pdf' | 'pptx' | 'png' | 'jpg' | 'webp' | 'mp4' | 'webm';
}

/** As much of a file as it takes to know it. */
export const HEAD_BYTES = 8_192;

const KINDS: Record<string, FileKind> = {
  pdf: { kind: 'pdf', extension: 'pdf' },
  zip: { kind: 'slides', extension: 'pptx' },
  pptx: { kind: 'slides', extension: 'pptx' },
  png: { kind: 'image', extension: 'png' },
  apng: { kind: 'image', extension: 'png' },
  jpg: { kind: 'image', extension: 'jpg' },
  webp: { kind: 'image', extension: 'webp' },
  mp4: { kind: 'clip', extension: 'mp4' },
  m4v: { kind: 'clip', extension: 'mp4' },
  webm: { kind: 'clip', extension: 'webm' },
};

/** @throws AppError FILE_SVG, FILE_TYPE */
export async function recognise(head: Buffer): Promise<FileKind> {
  // A PDF may begin with some junk (ISO 32000 allows a reader to look within the first kilobyte).
  if (head.subarray(0, 1024).includes('%PDF-')) return KINDS.pdf!;
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const known = found && KINDS[found.ext];
  if (known) return known;
  // A zip whose inside is not understood from its head alone is looked into as slides.
  if (head.subarray(0, 4).equals(ZIP)) return KINDS.pptx!;
  const text = head.toString('latin1');
  if (/<svg[\s>]/i.test(text)) throw new AppError('FILE_SVG', 'SVG can carry scripts and is not taken in');
  throw new AppError('FILE_TYPE', `not a kind of file that is shown${found ? `: ${found.mime}` : ''}`);
}

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

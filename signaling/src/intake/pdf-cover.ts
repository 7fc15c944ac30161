import { readFile, writeFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/*
 * A process of its own: paints the first page of one PDF. A stranger's PDF may take any time and memory, so the
 * parent sets an end to both. The canvas is pdfjs's own optional one; without it there is no cover.
 */

interface Canvas {
  getContext(kind: '2d'): never;
  toBuffer(mime: 'image/jpeg', quality: number): Buffer;
}

const [path = '', target = '', width = '0'] = process.argv.slice(2);
const { createCanvas } = (await import('@napi-rs/canvas' as string)) as {
  createCanvas(width: number, height: number): Canvas;
};
const document = await getDocument({
  data: new Uint8Array(await readFile(path)),
  enableXfa: false,
  isEvalSupported: false,
  verbosity: VerbosityLevel.ERRORS,
} as Parameters<typeof getDocument>[0]).promise;
const page = await document.getPage(1);
const { width: own } = page.getViewport({ scale: 1 });
// A page as long as a street is shown from its top.
const viewport = page.getViewport({ scale: Number(width) / own });
const canvas = createCanvas(Number(width), Math.round(Math.min(viewport.height, 2000)));
await page.render({
  canvas: canvas as never,
  canvasContext: canvas.getContext('2d'),
  viewport,
  background: 'white',
}).promise;
await writeFile(target, canvas.toBuffer('image/jpeg', 82));

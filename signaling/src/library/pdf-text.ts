import { readFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/*
 * A process of its own: reads the text of one PDF's pages and tells its parent. A stranger's PDF may take any time and
 * memory to read, so the parent sets an end to both.
 */

const [path = '', maxPages = '0', maxText = '0'] = process.argv.slice(2);
process.send?.(await read());
process.disconnect?.();

async function read(): Promise<string[]> {
  const document = await getDocument({
    data: new Uint8Array(await readFile(path)),
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: VerbosityLevel.ERRORS,
  }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= Math.min(document.numPages, Number(maxPages)); number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
    pages.push(text.slice(0, Number(maxText)));
  }
  return pages;
}

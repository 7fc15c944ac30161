import { readFile } from 'node:fs/promises';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/*
 * A process of its own: looks into one PDF and tells its parent. A stranger's PDF may take any time and memory
 * to read, so the parent sets an end to both.
 */

const [path = '', maxPages = '0'] = process.argv.slice(2);
process.send?.(await look());
process.disconnect?.();

async function look(): Promise<unknown> {
  try {
    const document = await getDocument({
      data: new Uint8Array(await readFile(path)),
      enableXfa: false,
      useSystemFonts: false,
      disableFontFace: true,
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
    if (document.numPages > Number(maxPages)) return { error: 'FILE_TOO_MANY_PAGES' };
    const aspects: number[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
      aspects.push(width / height);
    }
    const scripted =
      (await document.hasJSActions()) ||
      Object.keys((await document.getJSActions()) ?? {}).length > 0 ||
      Boolean((await document.getOpenAction())?.has('action'));
    return { aspects, scripted };
  } catch (error) {
    return { error: (error as Error).name === 'PasswordException' ? 'FILE_LOCKED' : 'FILE_UNREADABLE' };
  }
}

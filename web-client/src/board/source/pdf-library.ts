import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/*
 * PDFs, read by pdf.js in a worker. Nothing in them is run: there is no viewer, no form and no script around
 * the pages, only their painting. This module is a chunk that is fetched with the first PDF page.
 */

GlobalWorkerOptions.workerSrc = workerUrl;

/** A lesson has a few files; each costs memory while it is open. */
const MAX_OPEN = 4;
/** What a canvas can be on a weak machine, in pixels of one side. */
const MAX_SIDE = 4_096;
/** Pages that are kept painted: the one that is shown, its neighbours, and where one came from. */
const MAX_PAINTED = 8;

const documents = new Map<string, Promise<PDFDocumentProxy>>();
const painted = new Map<string, Promise<HTMLCanvasElement>>();

function documentAt(url: string): Promise<PDFDocumentProxy> {
  return kept(documents, url, MAX_OPEN, () => {
    const { promise } = getDocument({
      url,
      enableXfa: false,
      // The page's own security policy forbids WebAssembly; there is a slower way for what needs it.
      useWasm: false,
      wasmUrl: '/pdf/wasm/',
      cMapUrl: '/pdf/cmaps/',
      standardFontDataUrl: '/pdf/standard_fonts/',
      verbosity: VerbosityLevel.ERRORS,
    });
    return promise;
  });
}

/** How many pages a PDF has, and how wide the first one is for its height. */
export async function factsOf(url: string): Promise<{ pages: number; aspect: number }> {
  const proxy = await documentAt(url);
  const { width, height } = (await proxy.getPage(1)).getViewport({ scale: 1 });
  return { pages: proxy.numPages, aspect: width / height };
}

/** A page of a PDF as a picture, `width` device pixels wide. The same one again comes from the cache. */
export function paintedPage(url: string, page: number, width: number): Promise<HTMLCanvasElement> {
  return kept(painted, `${url} ${page} ${width}`, MAX_PAINTED, async () => {
    const proxy = await (await documentAt(url)).getPage(page);
    const natural = proxy.getViewport({ scale: 1 });
    const scale = Math.min(width / natural.width, MAX_SIDE / natural.height, MAX_SIDE / natural.width);
    const viewport = proxy.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await proxy.render({ canvas, viewport, background: 'white' }).promise;
    proxy.cleanup();
    return canvas;
  });
}

/** The newest `limit` of what was made; what failed is made anew when it is asked for again. */
function kept<V>(
  cache: Map<string, Promise<V>>,
  key: string,
  limit: number,
  make: () => Promise<V>,
): Promise<V> {
  const known = cache.get(key);
  const value = known ?? make();
  cache.delete(key);
  cache.set(key, value);
  if (!known) value.catch(() => cache.delete(key));
  for (const oldest of cache.keys()) {
    if (cache.size <= limit) break;
    cache.delete(oldest);
  }
  return value;
}

import type { HashNews } from './hash-worker.ts';

/** SHA-256 of a file as hex, beside the page. Null when it could not be read, or `signal` ended it. */
export function hashFile(
  file: File,
  { signal, onPart }: { signal: AbortSignal; onPart(part: number): void },
): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
    const end = (sha256: string | null) => {
      worker.terminate();
      resolve(sha256);
    };
    signal.addEventListener('abort', () => end(null), { once: true });
    worker.onerror = () => end(null);
    worker.onmessage = ({ data }: MessageEvent<HashNews>) => {
      if ('part' in data) onPart(data.part);
      else end('sha256' in data ? data.sha256 : null);
    };
    worker.postMessage(file);
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/**
 * Resident memory of the process that draws `page`, MiB, after its garbage was collected. The process is found by
 * what Chromium tells over its own protocol. Linux only.
 */
export async function rendererMiB(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const marker = `renderer-${Math.random().toString(36).slice(2)}`;
  // The renderer is the one process whose memory holds the marker's ballast: told apart by what it grows by.
  const before = residentKiB();
  await page.evaluate(
    ([name]) => Object.assign(globalThis, { [name as string]: new Uint8Array(192 * 1024 * 1024).fill(7) }),
    [marker],
  );
  const after = residentKiB();
  await page.evaluate(([name]) => Reflect.deleteProperty(globalThis, name as string), [marker]);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const grown = [...after].map(([pid, kiB]) => ({ pid, by: kiB - (before.get(pid) ?? 0) }));
  grown.sort((a, b) => b.by - a.by);
  return before.get(grown[0]!.pid)! / 1024;
}

/** Of every Chromium process of this machine, by process id. */
function residentKiB(): Map<number, number> {
  const found = new Map<number, number>();
  for (const pid of readdirSync('/proc').map(Number).filter(Boolean)) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue;
      const kiB = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (kiB) found.set(pid, Number(kiB));
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

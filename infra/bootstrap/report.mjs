/** Chinese when the user's locale says so, English otherwise. */
const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');

/** @param {string} en @param {string} zh */
export const words = (en, zh) => (chinese ? zh : en);

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

/**
 * Runs one set-up step and shows on stderr that it is alive: a ticking line on a
 * terminal, a line every 10 s elsewhere, and in the end what it did and how long it
 * took. A step that finds everything done prints nothing: it returns within `quietMs`.
 *
 * @template T
 * @param {string} title
 * @param {(say: (detail: string) => void) => Promise<T> | T} work
 * @param {{out?: {isTTY?: boolean, write(text: string): unknown}, quietMs?: number}} [options]
 * @returns {Promise<T>}
 */
export async function step(title, work, { out = process.stderr, quietMs = 300 } = {}) {
  const since = Date.now();
  const every = out.isTTY ? 500 : 10_000;
  let detail = '';
  const line = (mark) => `${mark} ${title}${detail ? ` (${detail})` : ''} ${seconds(since)} s`;
  const show = () => out.write(out.isTTY ? `\r\x1b[K${line('…')}` : `${line('…')}\n`);
  const timer = setInterval(show, every);
  const finish = (mark) => {
    clearInterval(timer);
    if (mark === '✓' && Date.now() - since < quietMs) return;
    out.write(`${out.isTTY ? '\r\x1b[K' : ''}${line(mark)}\n`);
  };
  try {
    const result = await work((text) => {
      detail = text;
    });
    finish('✓');
    return result;
  } catch (error) {
    finish('✗');
    throw error;
  }
}

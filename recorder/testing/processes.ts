import { readdir, readFile } from 'node:fs/promises';

/** Children of `parent` whose command line has `word` among its arguments (Linux). */
export async function childrenNamed(parent: number, word: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const [, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parentPid) === parent && command.split('\0').includes(word)) found.push(Number(name));
  }
  return found;
}

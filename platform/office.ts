import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** LibreOffice needs about 300 MB of memory for slides; what asks for more than this is not slides. */
const MEMORY_KB = 4 * 1024 * 1024;

/** Where LibreOffice is: `LIBREOFFICE_BIN`, else the system's; null when there is none. */
export function findOffice(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.LIBREOFFICE_BIN !== undefined)
    return isExecutable(env.LIBREOFFICE_BIN) ? env.LIBREOFFICE_BIN : null;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = process.platform === 'win32' ? ['soffice.exe'] : ['soffice', 'libreoffice'];
  const candidates = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
    '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  ];
  return candidates.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes slides into `<folder>/<name of the file>.pdf`. In a profile of its own, without macros' friends (a
 * stranger's file is opened), with an end to its time and memory; everything that it started ends with it.
 * @throws Error when it did not end by itself; whether there is a PDF has to be looked at.
 */
export async function slidesToPdf(
  bin: string,
  { file, folder, deadlineMs }: { file: string; folder: string; deadlineMs: number },
): Promise<void> {
  const args = [
    `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
    '--headless',
    '--norestore',
    '--nolockcheck',
    '--nodefault',
    '--convert-to',
    'pdf:impress_pdf_Export',
    '--outdir',
    folder,
    file,
  ];
  const limited = process.platform === 'linux';
  const child = limited
    ? // Arguments are the shell's positional ones: none of them is read as a command.
      spawn('/bin/sh', ['-c', `ulimit -v ${MEMORY_KB}; exec "$0" "$@"`, bin, ...args], options(folder))
    : spawn(bin, args, options(folder));
  const end = () => {
    try {
      // The whole group: soffice is a script that starts the program.
      if (child.pid !== undefined)
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  };
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    end();
  }, deadlineMs);
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(deadline);
    end();
  }
  if (late) throw new Error(`LibreOffice was not done within ${deadlineMs} ms`);
}

const options = (folder: string) => ({
  cwd: folder,
  stdio: 'ignore' as const,
  detached: process.platform !== 'win32',
  env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', SAL_USE_VCLPLUGIN: 'svp' },
});

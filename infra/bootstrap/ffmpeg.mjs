import fs from 'node:fs';
import path from 'node:path';
import { canInstall, installDebianPackages } from './apt.mjs';
import { answers, github } from './network.mjs';
import { logFolder, root } from './paths.mjs';
import { words } from './report.mjs';
import { run, SetupError, which } from './shell.mjs';

const exe = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
const staticFolder = path.join(root, 'node_modules/ffmpeg-static');

/**
 * Where ffmpeg comes from, in this order: `FFMPEG_BIN`, the system, a download of
 * ffmpeg-static that is already there.
 *
 * @param {{given?: string, system?: string, bundled?: string}} places
 */
export function chooseFfmpeg({ given, system, bundled }) {
  return given || system || bundled;
}

/** @param {{node: string, say: (text: string) => void}} options */
export async function ensureFfmpeg({ node, say }) {
  const look = () =>
    chooseFfmpeg({
      given: process.env.FFMPEG_BIN,
      system: which('ffmpeg'),
      bundled: existing(path.join(staticFolder, exe)),
    });
  const found = look();
  if (found) {
    if (!fs.existsSync(found)) throw new SetupError(`FFMPEG_BIN=${found} does not exist.`);
    return found;
  }
  const log = path.join(logFolder, 'ffmpeg.log');
  if (canInstall()) {
    say('apt-get install ffmpeg');
    await installDebianPackages(['ffmpeg'], { log });
    return look();
  }
  if (!(await answers(github))) throw new SetupError(howToInstall());
  say('downloading ffmpeg-static');
  try {
    await run(node, ['install.js'], { cwd: staticFolder, log, timeoutMs: 300_000 });
  } catch (error) {
    throw new SetupError(`${howToInstall()}\n${error.message}`);
  }
  return look();
}

function howToInstall() {
  const command = which('apt-get') ? 'sudo apt-get install -y ffmpeg' : 'brew install ffmpeg';
  return which('apt-get') || process.platform === 'darwin'
    ? words(`ffmpeg is missing. Run: ${command}`, `缺少 ffmpeg。请运行：${command}`)
    : words('ffmpeg is missing. Install it, or set FFMPEG_BIN.', '缺少 ffmpeg。请安装，或设置 FFMPEG_BIN。');
}

const existing = (file) => (fs.existsSync(file) ? file : undefined);

import path from 'node:path';
import { canInstall, installDebianPackages } from './apt.mjs';
import { logFolder } from './paths.mjs';
import { words } from './report.mjs';
import { SetupError, which } from './shell.mjs';

/** A virtual screen, for the figure that compares with filming a browser. */
export async function ensureXvfb({ say }) {
  const found = which('Xvfb');
  if (found) return found;
  if (canInstall()) {
    say('apt-get install xvfb');
    await installDebianPackages(['xvfb'], { log: path.join(logFolder, 'xvfb.log') });
  }
  const installed = which('Xvfb');
  if (installed) return installed;
  const run = 'sudo apt-get install -y xvfb';
  throw new SetupError(words(`The figures need Xvfb. Run: ${run}`, `基准测试需要 Xvfb。请运行：${run}`));
}

import fs from 'node:fs';
import path from 'node:path';
import { canInstall, distribution, installDebianPackages } from './apt.mjs';
import { logFolder } from './paths.mjs';
import { words } from './report.mjs';
import { SetupError, which } from './shell.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macBrowser = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Path of a Chromium for tests and benchmarks. @param {{say: (text: string) => void}} options */
export async function ensureChromium({ say }) {
  const given = process.env.CHROMIUM_BIN;
  if (given) {
    if (!fs.existsSync(given)) throw new SetupError(`CHROMIUM_BIN=${given} does not exist.`);
    return given;
  }
  const look = () =>
    names.map((name) => which(name)).find(Boolean) ?? (fs.existsSync(macBrowser) ? macBrowser : undefined);
  const found = look();
  if (found) return found;
  // Ubuntu's package only points to a snap, which needs a running snapd: asked for, not forced.
  if (canInstall() && distribution().id === 'debian') {
    say('apt-get install chromium');
    await installDebianPackages(['chromium'], { log: path.join(logFolder, 'chromium.log') });
  }
  const installed = look();
  if (installed) return installed;
  const command = 'sudo apt-get install -y chromium';
  throw new SetupError(
    distribution().id === 'debian'
      ? words(`The tests need a browser. Run: ${command}`, `测试需要浏览器。请运行：${command}`)
      : words(
          'The tests need Chromium or Chrome: install one, or set CHROMIUM_BIN.',
          '测试需要 Chromium 或 Chrome：请安装，或设置 CHROMIUM_BIN。',
        ),
  );
}

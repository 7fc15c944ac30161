import fs from 'node:fs';
import path from 'node:path';
import { canInstall, distribution, installDebianPackages } from './apt.mjs';
import { logFolder } from './paths.mjs';
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
  const how =
    distribution().id === 'debian' ? 'Run: sudo apt-get install -y chromium' : 'Install Chromium or Chrome';
  throw new SetupError(`The tests need a browser. ${how}, or set CHROMIUM_BIN.`);
}

import fs from 'node:fs';
import path from 'node:path';
import { canInstall, installDebianPackages } from './apt.mjs';
import { logFolder } from './paths.mjs';
import { words } from './report.mjs';
import { SetupError, which } from './shell.mjs';

/** Where servers' programs are, and not on everybody's PATH. */
const systemBinary = '/usr/sbin/nginx';

/** @param {{say: (text: string) => void}} options */
export async function ensureNginx({ say }) {
  const look = () =>
    process.env.NGINX_BIN ?? which('nginx') ?? (fs.existsSync(systemBinary) ? systemBinary : null);
  const found = look();
  if (found) return found;
  if (canInstall()) {
    say('apt-get install nginx-light');
    await installDebianPackages(['nginx-light'], { log: path.join(logFolder, 'nginx.log') });
  }
  const installed = look();
  if (installed) return installed;
  const command = which('apt-get') ? 'sudo apt-get install -y nginx-light' : 'brew install nginx';
  throw new SetupError(words(`The tests need nginx. Run: ${command}`, `测试需要 nginx。请运行：${command}`));
}

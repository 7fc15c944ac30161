import fs from 'node:fs';
import path from 'node:path';
import { canInstall, installDebianPackages } from './apt.mjs';
import { logFolder } from './paths.mjs';
import { words } from './report.mjs';
import { SetupError, which } from './shell.mjs';

const debianFolder = '/usr/lib/postgresql';
/** Read by Debian's package before it would make, and start, a cluster of the machine's own. */
const clusterRule = '/etc/postgresql-common/createcluster.d/three-classrooms.conf';

/**
 * Folder with PostgreSQL's server programs, for tests and benchmarks: `POSTGRES_BIN`, the path's, Debian's newest.
 *
 * @param {{given?: string, onPath?: string, debian?: string[]}} places
 */
export function choosePostgres({ given, onPath, debian = [] }) {
  const newest = [...debian].sort((a, b) => Number(b) - Number(a))[0];
  return given || (onPath && path.dirname(onPath)) || (newest && path.join(debianFolder, newest, 'bin'));
}

/** @param {{say: (text: string) => void}} options */
export async function ensurePostgres({ say }) {
  const look = () =>
    choosePostgres({
      given: process.env.POSTGRES_BIN,
      onPath: which('initdb'),
      debian: versions(),
    });
  const found = look();
  if (found) {
    if (!fs.existsSync(path.join(found, 'initdb')))
      throw new SetupError(`POSTGRES_BIN=${found} holds no initdb.`);
    return found;
  }
  if (canInstall()) {
    say('apt-get install postgresql');
    // The tests make clusters of their own: no server is left running on this machine.
    fs.mkdirSync(path.dirname(clusterRule), { recursive: true });
    fs.writeFileSync(clusterRule, 'create_main_cluster = false\n');
    await installDebianPackages(['postgresql'], { log: path.join(logFolder, 'postgresql.log') });
  }
  const installed = look();
  if (installed) return installed;
  const command = which('apt-get') ? 'sudo apt-get install -y postgresql' : 'brew install postgresql';
  throw new SetupError(
    which('apt-get') || process.platform === 'darwin'
      ? words(`The tests need PostgreSQL. Run: ${command}`, `测试需要 PostgreSQL。请运行：${command}`)
      : words(
          'The tests need PostgreSQL: install it, or set POSTGRES_BIN.',
          '测试需要 PostgreSQL：请安装，或设置 POSTGRES_BIN。',
        ),
  );
}

function versions() {
  try {
    return fs
      .readdirSync(debianFolder)
      .filter((name) => fs.existsSync(path.join(debianFolder, name, 'bin/initdb')));
  } catch {
    return [];
  }
}

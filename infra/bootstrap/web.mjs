import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { hashOf, logFolder, readOr, root } from './paths.mjs';
import { run } from './shell.mjs';

const marker = path.join(root, 'web-client/dist/.sources');

const notASource = (name) => name === 'dist' || name === 'node_modules' || /\.test\.tsx?$/.test(name);

/** Builds the web client when its sources, or the packages in it, changed. @param {{node: string, say: (text: string) => void}} options */
export async function ensureWebClient({ node, say }) {
  const wanted = () => hashOf(root, ['web-client', 'protocol', 'package-lock.json'], notASource);
  if (readOr(marker) === wanted()) return;
  await withLock(
    path.join(root, '.cache/web.lock'),
    async () => {
      const hash = wanted();
      if (readOr(marker) === hash) return;
      const log = path.join(logFolder, 'web-client.log');
      fs.rmSync(log, { force: true });
      await run(node, ['node_modules/vite/bin/vite.js', 'build', 'web-client'], { cwd: root, log });
      fs.writeFileSync(marker, hash);
    },
    () => say('another set-up is at it'),
  );
}

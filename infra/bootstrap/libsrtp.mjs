import fs from 'node:fs';
import path from 'node:path';
import { debianSourceList, installDebianPackages } from './apt.mjs';
import { run } from './shell.mjs';

/**
 * libsrtp 2 for the worker: built here with OpenSSL from the distribution's source
 * package, because the binary package uses NSS, which costs 2.5 times the CPU per
 * viewer. Where the source is not to be had, the binary package serves.
 *
 * Nothing of the user's apt configuration is changed: lists live in `work`.
 *
 * @param {{work: string, log: string}} options
 * @returns {Promise<{includes: string[], libs: string[], slow: boolean}>}
 */
export async function buildLibsrtp({ work, log }) {
  try {
    return await fromSource({ work, log });
  } catch (error) {
    fs.appendFileSync(log, `libsrtp2 from source failed, taking libsrtp2-dev: ${error.message}\n`);
    await installDebianPackages(['libsrtp2-dev'], { log });
    return { includes: [], libs: ['-lsrtp2'], slow: true };
  }
}

async function fromSource({ work, log }) {
  const download = path.join(work, 'download');
  const source = path.join(work, 'source');
  const lists = path.join(work, 'lists');
  for (const dir of [download, source, path.join(lists, 'partial')]) fs.mkdirSync(dir, { recursive: true });

  const parts = debianSourceList(path.join(work, 'sources'));
  const options = [
    ['Dir::Etc::SourceList', '/dev/null'],
    ['Dir::Etc::SourceParts', parts],
    ['Dir::State::Lists', lists],
    ['Dir::Cache::pkgcache', ''],
    ['Dir::Cache::srcpkgcache', ''],
    // As root apt downloads as the user _apt, which may not enter a private folder.
    ['APT::Sandbox::User', 'root'],
  ].flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', ['-q', ...options, 'update'], { log });
  await run('apt-get', ['-q', ...options, 'source', '--download-only', '--tar-only', 'libsrtp2'], {
    log,
    cwd: download,
  });

  const archive = fs.readdirSync(download).find((file) => /\.orig\.tar\./.test(file));
  if (!archive) throw new Error('no upstream archive in the source package');
  await run('tar', ['xf', path.join(download, archive), '-C', source, '--strip-components=1'], { log });
  // Told where OpenSSL is, or it asks for everything that a static OpenSSL would need.
  const env = { ...process.env, CFLAGS: '-O3 -fPIC', crypto_CFLAGS: ' ', crypto_LIBS: '-lcrypto' };
  await run('./configure', ['--enable-openssl'], { log, cwd: source, env });
  await run('make', ['libsrtp2.a'], { log, cwd: source, env });

  // The sources' own folder is called include/, the worker's shim asks for srtp2/.
  const include = path.join(work, 'include');
  fs.mkdirSync(path.join(include, 'srtp2'), { recursive: true });
  for (const file of [
    'include/srtp.h',
    'crypto/include/auth.h',
    'crypto/include/cipher.h',
    'crypto/include/crypto_types.h',
  ]) {
    fs.copyFileSync(path.join(source, file), path.join(include, 'srtp2', path.basename(file)));
  }
  return { includes: [include], libs: [path.join(source, 'libsrtp2.a')], slow: false };
}

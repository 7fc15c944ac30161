import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ConfigError } from './config.ts';

const DAY_MS = 24 * 3600e3;
/** Browsers refuse server certificates that are valid for longer. */
const VALID_DAYS = 397;
/** Remade this long before its end, so that none runs out during a lesson. */
const SPARE_MS = 7 * DAY_MS;

export interface Certificate {
  /** PEM, with its chain where one was given. */
  cert: string;
  /** PEM. */
  key: string;
  /** Made here: browsers warn once, until somebody accepts it. */
  selfSigned: boolean;
}

/**
 * The certificate for HTTPS: the given one, else one made here and kept in `dir` (file `https.pem`, mode
 * 0600). Ours is made anew when it is about to run out or does not name an address this machine has now;
 * an address that went away is no reason, because every new certificate has to be accepted again.
 *
 * @param given paths of PEM files; both empty means none is given
 * @throws ConfigError when the given files cannot be read or do not belong together
 */
export async function loadOrCreateCertificate(
  dir: string,
  given?: { certFile: string; keyFile: string },
): Promise<Certificate> {
  if (given && (given.certFile || given.keyFile)) return readGiven(given);
  const file = join(dir, 'https.pem');
  const names = namesOfThisMachine();
  const kept = await readKept(file);
  if (kept && isGood(kept.cert, names)) return kept;
  const made = await make(names);
  await mkdir(dir, { recursive: true });
  // Both parts in one file and one rename: a crash cannot leave a key beside another's certificate.
  const fresh = `${file}.${process.pid}`;
  await rm(fresh, { force: true });
  await writeFile(fresh, `${made.key.trim()}\n${made.cert.trim()}\n`, { mode: 0o600 });
  await rename(fresh, file);
  return made;
}

async function readGiven({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<Certificate> {
  if (!certFile || !keyFile) throw new ConfigError('https: certFile and keyFile must be given together');
  const read = (key: string, file: string) =>
    readFile(file, 'utf8').catch((error: Error) => {
      throw new ConfigError(`https.${key}: ${error.message}`);
    });
  const [cert, key] = [await read('certFile', certFile), await read('keyFile', keyFile)];
  let match: boolean;
  try {
    match = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch (error) {
    throw new ConfigError(`https: ${certFile} or ${keyFile} is not PEM: ${(error as Error).message}`);
  }
  if (!match) throw new ConfigError(`https: ${keyFile} is not the key of ${certFile}`);
  return { cert, key, selfSigned: false };
}

async function readKept(file: string): Promise<Certificate | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const at = text.indexOf('-----BEGIN CERTIFICATE-----');
  return at > 0 ? { key: text.slice(0, at), cert: text.slice(at), selfSigned: true } : undefined;
}

function isGood(pem: string, names: Names): boolean {
  try {
    const cert = new X509Certificate(pem);
    const written = cert.subjectAltName?.split(', ') ?? [];
    const covered = [
      // Not checkHost: machines have names (with an underscore) that it never matches.
      ...names.hosts.map((host) => written.includes(`DNS:${host}`)),
      ...names.addresses.map((address) => cert.checkIP(address)),
    ];
    return Date.parse(cert.validTo) - SPARE_MS > Date.now() && covered.every(Boolean);
  } catch {
    return false;
  }
}

interface Names {
  hosts: string[];
  addresses: string[];
}

function namesOfThisMachine(): Names {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    // Link-local IPv6 needs a zone that a certificate cannot carry.
    .filter((entry) => !entry.address.startsWith('fe80:'))
    .map((entry) => entry.address);
  return { hosts: ['localhost', hostname()], addresses: [...new Set(['127.0.0.1', ...addresses])] };
}

async function make({ hosts, addresses }: Names): Promise<Certificate> {
  const now = Date.now();
  const pems = await generate([{ name: 'commonName', value: `Three Classrooms ${hostname()}` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Clocks in schools are often slow.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + (VALID_DAYS - 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...hosts.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { cert: pems.cert, key: pems.private, selfSigned: true };
}

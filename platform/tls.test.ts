import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { generate } from 'selfsigned';
import { ConfigError } from './config.ts';
import { loadOrCreateCertificate } from './tls.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tls-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('makes a certificate for every name of this machine and keeps it', async () => {
  const first = await loadOrCreateCertificate(join(dir, 'new'));
  expect(first.selfSigned).toBe(true);
  const cert = new X509Certificate(first.cert);
  expect(cert.checkHost('localhost')).toBe('localhost');
  expect(cert.checkHost(hostname())).toBe(hostname());
  expect(cert.checkHost('example.org')).toBeUndefined();
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family } of addresses)
    if (family === 'IPv4') expect(cert.checkIP(address)).toBe(address);
  expect((Date.parse(cert.validTo) - Date.parse(cert.validFrom)) / 86_400e3).toBeLessThanOrEqual(398);
  expect((await stat(join(dir, 'new/https.pem'))).mode & 0o777).toBe(0o600);

  const second = await loadOrCreateCertificate(join(dir, 'new'));
  expect(new X509Certificate(second.cert).fingerprint256).toBe(cert.fingerprint256);
});

test('a client that trusts it gets through', async () => {
  const { cert, key } = await loadOrCreateCertificate(dir);
  const server = createServer({ cert, key }, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const status = await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, ca: cert }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
  server.close();
  expect(status).toBe(200);
});

test.each([
  ['about to run out', { days: 3, ip: true }],
  ['for another address', { days: 300, ip: false }],
])('one that is %s is made anew', async (_, { days, ip }) => {
  const fresh = await loadOrCreateCertificate(join(dir, 'fresh'));
  const names = new X509Certificate(fresh.cert).subjectAltName!.split(', ');
  const old = await generate([{ name: 'commonName', value: 'old' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + days * 86_400e3),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: names
          .map((name) => name.split(/:(.*)/s) as [string, string])
          .filter(([kind]) => ip || kind === 'DNS')
          .map(([kind, value]) => (kind === 'DNS' ? { type: 2, value } : { type: 7, ip: value })),
      },
    ],
  });
  await writeFile(join(dir, 'https.pem'), `${old.private}\n${old.cert}`);
  const made = await loadOrCreateCertificate(dir);
  expect(new X509Certificate(made.cert).fingerprint256).not.toBe(
    new X509Certificate(old.cert).fingerprint256,
  );
});

test('a damaged file is made anew', async () => {
  await writeFile(join(dir, 'https.pem'), 'junk -----BEGIN CERTIFICATE-----\nAAAA');
  expect(new X509Certificate((await loadOrCreateCertificate(dir)).cert).checkHost('localhost')).toBe(
    'localhost',
  );
});

test('a given certificate is used as it is', async () => {
  const { cert, key } = await loadOrCreateCertificate(join(dir, 'other'));
  const files = { certFile: join(dir, 'c.pem'), keyFile: join(dir, 'k.pem') };
  await writeFile(files.certFile, cert);
  await writeFile(files.keyFile, key);
  expect(await loadOrCreateCertificate(dir, files)).toEqual({ cert, key, selfSigned: false });
});

test('wrong files are refused with the name of the key', async () => {
  const one = await loadOrCreateCertificate(join(dir, 'one'));
  const two = await loadOrCreateCertificate(join(dir, 'two'));
  const files = { certFile: join(dir, 'c.pem'), keyFile: join(dir, 'k.pem') };
  await writeFile(files.certFile, one.cert);
  await expect(loadOrCreateCertificate(dir, { ...files, keyFile: '' })).rejects.toThrow(ConfigError);
  await expect(loadOrCreateCertificate(dir, files)).rejects.toThrow(/https\.keyFile/);
  await writeFile(files.keyFile, two.key);
  await expect(loadOrCreateCertificate(dir, files)).rejects.toThrow(/not the key of/);
  await writeFile(files.keyFile, 'nonsense');
  await expect(loadOrCreateCertificate(dir, files)).rejects.toThrow(/not PEM/);
});

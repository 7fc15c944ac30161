import { expect, test } from '@jest/globals';
import { lanAddresses, summary } from './summary.ts';

const input = {
  httpPort: 3000,
  httpsPort: 3443,
  lanAddresses: ['10.1.2.3', '192.168.0.9'],
  demo: true,
  elapsedMs: 1234,
  chinese: false,
};

test('names every address, the demo and how to stop', () => {
  expect(summary(input)).toBe(`
Three Classrooms is running (ready in 1.2 s)

  On this machine         http://localhost:3000
  In the school network   https://10.1.2.3:3443
  In the school network   https://192.168.0.9:3443
  See a demo lesson       npm run teach
  Stop                    Ctrl+C
`);
});

test('speaks Chinese, and keeps what is off to itself', () => {
  const text = summary({ ...input, httpsPort: undefined, demo: false, chinese: true });
  expect(text).toContain('三个课堂已启动(用时 1.2 秒)');
  expect(text).toContain('  本机打开   http://localhost:3000');
  expect(text).not.toMatch(/https:|teach|first-start/);
});

test('says once where the first administrator is made', () => {
  const text = summary({ ...input, demo: false, firstStart: '/first-start#abc' });
  expect(text).toContain('http://localhost:3000/first-start#abc');
});

test("only other machines' ways in are listed", () => {
  const entry = { netmask: '', mac: '', cidr: null };
  const interfaces = {
    lo: [{ ...entry, address: '127.0.0.1', family: 'IPv4' as const, internal: true }],
    eth0: [
      { ...entry, address: '10.0.0.5', family: 'IPv4' as const, internal: false },
      { ...entry, address: 'fe80::1', family: 'IPv6' as const, internal: false, scopeid: 2 },
    ],
  };
  expect(lanAddresses(interfaces)).toEqual(['10.0.0.5']);
});

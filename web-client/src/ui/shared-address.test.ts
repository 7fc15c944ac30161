import { expect, test } from '@jest/globals';
import { sharedAddress } from './shared-address.ts';

const LAN = ['https://192.168.1.20:3443'];
const at = (hostname: string) => ({ hostname, origin: `http://${hostname}:3000` });

test.each([
  ['localhost', LAN, 'https://192.168.1.20:3443/sign-in/link#x'],
  ['127.0.0.1', LAN, 'https://192.168.1.20:3443/sign-in/link#x'],
  ['localhost', [], 'http://localhost:3000/sign-in/link#x'],
  ['school.example.cn', LAN, 'http://school.example.cn:3000/sign-in/link#x'],
])('a link that is handed out at %s', (hostname, origins, address) => {
  expect(sharedAddress('/sign-in/link#x', origins, at(hostname))).toBe(address);
});

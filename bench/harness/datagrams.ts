import { readFileSync } from 'node:fs';

/** UDP datagrams that all processes of this machine (network namespace) have sent so far: `/proc/net/snmp`. */
export function datagramsSent(): number {
  const [names = [], values = []] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  return Number(values[names.indexOf('OutDatagrams')]);
}

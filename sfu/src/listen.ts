import { networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';
import type { Config } from '#platform/config.ts';

/** A peer probes every candidate it is given; a machine with many virtual networks must not flood it. */
const MAX_ADDRESSES = 6;
/** The kernel caps this silently. A key frame to a full room is a burst of some thousand packets. */
const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

/**
 * Where worker number `index` listens: one port, the same number for UDP and TCP and on each address, UDP
 * first. With no address configured that is every IPv4 address of this machine, the loopback address last,
 * so that a page on this machine and a page in the school's network both get through; the announced address
 * (the way in from outside) is then told in addition.
 */
export function listenInfos(config: Config['sfu'], index: number): types.TransportListenInfo[] {
  const port = config.port === 0 ? {} : { port: config.port + index };
  return (['udp', 'tcp'] as const).flatMap((protocol) =>
    addresses(config).map((address) => ({
      protocol,
      ...address,
      ...port,
      ...(protocol === 'udp'
        ? { sendBufferSize: SOCKET_BUFFER_BYTES, recvBufferSize: SOCKET_BUFFER_BYTES }
        : {}),
    })),
  );
}

type Address = Pick<types.TransportListenInfo, 'ip' | 'announcedAddress' | 'exposeInternalIp'>;

function addresses({ listenIp, announcedAddress }: Config['sfu']): Address[] {
  const announced = announcedAddress ? { announcedAddress } : {};
  // 0.0.0.0 is no candidate that a page could use: unannounced it means every address.
  if (listenIp && (announcedAddress || listenIp !== '0.0.0.0')) return [{ ip: listenIp, ...announced }];
  return localAddresses().map((ip, position) =>
    position === 0 && announcedAddress ? { ip, ...announced, exposeInternalIp: true } : { ip },
  );
}

function localAddresses(): string[] {
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  const outside = [...new Set(found)].filter((address) => !isLoopback(address) && !isLinkLocal(address));
  return [...outside.slice(0, MAX_ADDRESSES - 1), '127.0.0.1'];
}

const isLoopback = (address: string) => address.startsWith('127.');
const isLinkLocal = (address: string) => address.startsWith('169.254.');

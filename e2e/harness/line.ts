import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';

/** Where the line's far end is reached; packets to it go on to the platform on 127.0.0.1. */
export const LINE_ADDRESS = '127.0.0.2';

/**
 * A network between a page and the platform that can fail as networks do: while it is cut, packets and
 * bytes vanish without anybody being told. Carries TCP (pages and socket) and UDP (media).
 */
export class Line {
  readonly #tcp: Server[];
  readonly #udp: UdpSocket;
  readonly #peers = new Map<string, UdpSocket>();
  readonly #pairs = new Set<[Socket, Socket]>();
  #cut = false;
  #udpBlocked = false;

  /** @param ports of the platform; the line has the same ones on its own address. */
  static async open(ports: { tcp: number[]; udp: number }): Promise<Line> {
    const line = new Line(ports);
    await Promise.all([
      ...line.#tcp.map(
        (server, index) =>
          new Promise<void>((resolve) => server.listen(ports.tcp[index], LINE_ADDRESS, resolve)),
      ),
      new Promise<void>((resolve) => line.#udp.bind(ports.udp, LINE_ADDRESS, resolve)),
    ]);
    return line;
  }

  private constructor(ports: { tcp: number[]; udp: number }) {
    this.#tcp = ports.tcp.map((port) => createServer((near) => this.#carryStream(near, port)));
    this.#udp = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
    this.#udp.on('message', (packet, from) => this.#toPlatform(packet, from, ports.udp));
  }

  cut(): void {
    this.#cut = true;
    for (const [near, far] of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  /** As many a school's firewall does: only TCP gets through, until the line is mended. */
  blockUdp(): void {
    this.#udpBlocked = true;
  }

  mend(): void {
    this.#cut = false;
    this.#udpBlocked = false;
    for (const [near, far] of this.#pairs) {
      near.resume();
      far.resume();
    }
  }

  close(): void {
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
    for (const server of this.#tcp) server.close();
    this.#udp.close();
    for (const peer of this.#peers.values()) peer.close();
  }

  #carryStream(near: Socket, port: number): void {
    const far = tcpConnect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    near.on('data', (chunk) => far.write(chunk));
    far.on('data', (chunk) => near.write(chunk));
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
    if (this.#cut) {
      near.pause();
      far.pause();
    }
  }

  #toPlatform(packet: Buffer, from: RemoteInfo, port: number): void {
    if (this.#cut || this.#udpBlocked) return;
    const key = `${from.address}:${from.port}`;
    let peer = this.#peers.get(key);
    if (!peer) {
      peer = createSocket('udp4');
      peer.on('error', () => {});
      peer.on('message', (answer) => {
        if (!this.#cut && !this.#udpBlocked) this.#udp.send(answer, from.port, from.address);
      });
      this.#peers.set(key, peer);
    }
    peer.send(packet, port, '127.0.0.1');
  }
}

import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { AppError } from '#protocol/errors.ts';
import { readPacer } from './read-pacer.ts';
import type { Remote } from './rtp-stream.ts';

/** One key frame of several layers arrives in one burst; the kernel must hold it while JavaScript is busy. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

export interface PortRange {
  /** Address to bind to. */
  ip: string;
  minPort: number;
  /** Included. */
  maxPort: number;
}

/** One UDP port that takes all of a recording's streams, RTP and RTCP together. */
export class RtpPort {
  readonly port: number;
  readonly #socket: Socket;

  /** Binds the first free port of the range, beginning at a random one. */
  static async open(
    range: PortRange,
    received: (packet: Buffer, from: RemoteInfo) => void,
  ): Promise<RtpPort> {
    const count = range.maxPort - range.minPort + 1;
    const first = Math.floor(Math.random() * count);
    for (let index = 0; index < count; index++) {
      const port = range.minPort + ((first + index) % count);
      const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
      try {
        socket.bind({ port, address: range.ip, exclusive: true });
        await once(socket, 'listening');
        return new RtpPort(socket, received);
      } catch (error) {
        socket.close();
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
    throw new AppError('NO_RECORDER', 'every UDP port of the recorder is taken');
  }

  private constructor(socket: Socket, received: (packet: Buffer, from: RemoteInfo) => void) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (packet, from) => {
      readPacer.packet();
      received(packet, from);
    });
    // ICMP "port unreachable" after the SFU died comes up here; the streams' silence tells the same.
    socket.on('error', () => undefined);
  }

  send(packet: Buffer, to: Remote): void {
    this.#socket.send(packet, to.port, to.address, () => undefined);
  }

  close(): void {
    this.#socket.close();
  }
}

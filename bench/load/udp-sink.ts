import { createSocket, type Socket } from 'node:dgram';
import type { Sink, SourceStream } from './rtp-source.ts';

/** Where one stream goes: RTP to `port`, its sender reports to `rtcpPort`. */
export interface Destination {
  ip: string;
  port: number;
  rtcpPort: number;
}

/** Plain RTP, as an SFU sends it to a recorder. */
export class UdpSink {
  readonly #socket: Socket = createSocket('udp4');
  readonly #destinationOf: (stream: SourceStream) => Destination;
  #open = true;

  constructor(destinationOf: (stream: SourceStream) => Destination) {
    this.#destinationOf = destinationOf;
  }

  readonly take: Sink = (stream, packet, kind) => {
    if (!this.#open) return;
    const { ip, port, rtcpPort } = this.#destinationOf(stream);
    this.#socket.send(packet, kind === 'rtp' ? port : rtcpPort, ip);
  };

  close(): void {
    if (this.#open) this.#socket.close();
    this.#open = false;
  }
}

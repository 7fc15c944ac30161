import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { markerOf, sequenceOf, timestampOf } from '../src/receive/rtp-packet.ts';

/** A stretch of RTP made by ffmpeg's own packetizer, to be played as often as wanted. */
export interface RtpClip {
  packets: Buffer[];
  clockRate: number;
}

const SIZE = { s: '320x180', m: '640x360' } as const;

/** H.264 like a browser's: constrained baseline, no B-frames, a key frame a second, parameter sets in band. */
export function h264Clip(size: keyof typeof SIZE, seconds: number, picture = 'testsrc2'): Promise<RtpClip> {
  return capture(90_000, [
    ...['-f', 'lavfi', '-i', `${picture}=s=${SIZE[size]}:r=15`, '-t', `${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...['-b:v', '300k', '-g', '15', '-bf', '0', '-threads', '1', '-bsf:v', 'dump_extra=freq=keyframe'],
  ]);
}

export function vp8Clip(seconds: number): Promise<RtpClip> {
  return capture(90_000, [
    ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=15', '-t', `${seconds}`],
    ...[
      '-c:v',
      'libvpx',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-b:v',
      '300k',
      '-g',
      '15',
      '-threads',
      '1',
    ],
  ]);
}

export function opusClip(seconds: number): Promise<RtpClip> {
  return capture(48_000, [
    ...['-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', `${seconds}`],
    ...['-c:a', 'libopus', '-b:a', '32k', '-ac', '2'],
  ]);
}

async function capture(clockRate: number, args: string[]): Promise<RtpClip> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 8 * 1024 * 1024 });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const packets: Buffer[] = [];
  socket.on('message', (packet) => {
    if ((packet[1]! & 0x7f) < 72 || (packet[1]! & 0x7f) > 76) packets.push(packet);
  });
  // Not at full speed: the kernel's buffer must not overflow while this process is busy.
  const target = `rtp://127.0.0.1:${socket.address().port}?pkt_size=1200`;
  const child = spawn(findFfmpeg()!, ['-v', 'error', '-readrate', '8', ...args, '-f', 'rtp', target], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  await new Promise((resolve) => setTimeout(resolve, 200));
  socket.close();
  for (const [index, packet] of packets.entries()) {
    const before = packets[index - 1];
    if (before && ((sequenceOf(packet) - sequenceOf(before)) & 0xffff) !== 1)
      throw new Error('clip has a hole');
  }
  return { packets, clockRate };
}

export interface PlayOptions {
  ssrc: number;
  port: number;
  /** Seconds of the clip to play, from its start. */
  seconds?: number;
  /** Share of the packets that are lost on the way. */
  loss?: number;
  /** Whether lost packets are sent again when asked for. */
  repairs?: boolean;
}

/** Plays clips in real time to the recorder and counts what the recorder asks for. */
export class RtpPlayer {
  readonly #socket: Socket;
  readonly #history = new Map<string, Buffer>();
  readonly #repairing = new Set<number>();
  readonly #next = new Map<number, { sequence: number; timestamp: number }>();
  nacks = 0;
  pictureLosses = 0;
  receiverReports = 0;
  dropped = 0;

  static async create(): Promise<RtpPlayer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new RtpPlayer(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (packet, from) => this.#feedback(packet, from.port));
  }

  /** Resolves when the stretch has been played. A further call with the same SSRC goes on in the same stream. */
  async play({ packets, clockRate }: RtpClip, options: PlayOptions): Promise<void> {
    const { ssrc, port, seconds = Number.POSITIVE_INFINITY, loss = 0, repairs = false } = options;
    if (repairs) this.#repairing.add(ssrc);
    const firstTimestamp = timestampOf(packets[0]!);
    const begun = performance.now();
    const from = this.#next.get(ssrc) ?? { sequence: sequenceOf(packets[0]!), timestamp: firstTimestamp };
    let sequence = from.sequence;
    let elapsed = 0;
    let random = 12_345;
    for (const original of packets) {
      elapsed = ((timestampOf(original) - firstTimestamp) >>> 0) / clockRate;
      if (elapsed >= seconds) break;
      const wait = elapsed * 1_000 - (performance.now() - begun);
      if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
      const packet = Buffer.from(original);
      packet.writeUInt32BE(ssrc, 8);
      packet.writeUInt16BE(sequence & 0xffff, 2);
      packet.writeUInt32BE((from.timestamp + elapsed * clockRate) >>> 0, 4);
      this.#history.set(`${ssrc}/${sequence & 0xffff}`, packet);
      sequence++;
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      if (random / 2_147_483_648 < loss) this.dropped++;
      else this.#socket.send(packet, port, '127.0.0.1');
    }
    this.#next.set(ssrc, { sequence, timestamp: (from.timestamp + (elapsed + 1 / 15) * clockRate) >>> 0 });
  }

  close(): void {
    this.#socket.close();
  }

  #feedback(packet: Buffer, port: number): void {
    const type = packet[1];
    if (type === 201) this.receiverReports++;
    if (type === 206) this.pictureLosses++;
    if (type !== 205) return;
    this.nacks++;
    const ssrc = packet.readUInt32BE(8);
    if (!this.#repairing.has(ssrc)) return;
    for (let at = 12; at + 4 <= packet.length; at += 4) {
      const first = packet.readUInt16BE(at);
      const mask = packet.readUInt16BE(at + 2);
      for (let bit = 0; bit <= 16; bit++) {
        if (bit > 0 && !(mask & (1 << (bit - 1)))) continue;
        const wanted = this.#history.get(`${ssrc}/${(first + bit) & 0xffff}`);
        if (wanted) this.#socket.send(wanted, port, '127.0.0.1');
      }
    }
  }
}

/** Packets of one picture, for unit tests of what takes them apart. */
export function pictures({ packets }: RtpClip): Buffer[][] {
  const all: Buffer[][] = [[]];
  for (const packet of packets) {
    all.at(-1)!.push(packet);
    if (markerOf(packet)) all.push([]);
  }
  return all.filter((picture) => picture.length > 0);
}

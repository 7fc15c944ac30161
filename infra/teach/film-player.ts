import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { Ffmpeg } from '#platform/ffmpeg.ts';
import type { MediaKind } from '#protocol/domain.ts';
import type { Film } from './film.ts';
import { TeachError } from './teach-error.ts';

/** Room for a burst of key frame packets while this process is busy. */
const RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;
/** Leaves room for SRTP, header extensions and a tunnel below the usual 1,500. */
const PACKET_BYTES = 1_200;

/**
 * Constrained baseline, what every browser decodes, without B-frames. ffmpeg cannot be asked for a key frame
 * from outside, so there is one every second: a viewer waits that long at most.
 */
const VIDEO = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-threads', '1'],
  ...['-profile:v', 'baseline', '-level', '3.1', '-bf', '0', '-g', '30', '-keyint_min', '30'],
  ...['-sc_threshold', '0', '-b:v', '1500k', '-maxrate', '1800k', '-bufsize', '1500k'],
];
const AUDIO = ['-c:a', 'libopus', '-b:a', '48k', '-frame_duration', '20', '-fec', '1', '-packet_loss', '5'];

/** Plays a film in real time: ffmpeg encodes it and hands RTP packets over on loopback. */
export class FilmPlayer {
  /** Resolves when the film is over. @throws TeachError FFMPEG_FAILED. */
  readonly done: Promise<void>;
  readonly #ffmpeg: Ffmpeg;
  readonly #sockets: Socket[];
  #stopped = false;

  static async start(
    bin: string,
    film: Film,
    durationMs: number | null,
    onPacket: (kind: MediaKind, packet: Buffer) => void,
  ): Promise<FilmPlayer> {
    const sockets = [
      await listen((packet) => onPacket('video', packet)),
      await listen((packet) => onPacket('audio', packet)),
    ];
    const [video, audio] = sockets.map((socket) => {
      const { port } = socket.address();
      // Not rtp://, which opens pairs of ports and fails when the second is taken; RTCP comes this way, too.
      return `udp://127.0.0.1:${port}?pkt_size=${PACKET_BYTES}`;
    });
    const until = durationMs === null ? [] : ['-t', (durationMs / 1_000).toFixed(3)];
    const ffmpeg = Ffmpeg.start(bin, [
      ...film.inputs,
      ...['-filter_complex', film.filters],
      ...['-map', '[picture]', ...VIDEO, ...until, '-f', 'rtp', video!],
      ...['-map', '[sound]', ...AUDIO, ...until, '-f', 'rtp', audio!],
    ]);
    return new FilmPlayer(ffmpeg, sockets);
  }

  private constructor(ffmpeg: Ffmpeg, sockets: Socket[]) {
    this.#ffmpeg = ffmpeg;
    this.#sockets = sockets;
    this.done = this.#wait();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#ffmpeg.stop();
  }

  async #wait(): Promise<void> {
    const { code, signal, complaint } = await this.#ffmpeg.done;
    for (const socket of this.#sockets) socket.close();
    if (code !== 0 && !this.#stopped)
      throw new TeachError('FFMPEG_FAILED', complaint.split('\n').at(-1) || `${code ?? signal}`);
  }
}

async function listen(onPacket: (packet: Buffer) => void): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.on('message', (message) => {
    // Payload types 64 to 95 are RTCP's when both share a port (RFC 5761 §4).
    const isRtcp = message.length < 12 || ((message[1]! & 0x7f) >= 64 && (message[1]! & 0x7f) < 96);
    if (!isRtcp) onPacket(message);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

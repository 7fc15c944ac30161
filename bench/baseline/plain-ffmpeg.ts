import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#platform/testing/free-port.ts';
import type { Sink, SourceStream } from '../load/rtp-source.ts';
import { UdpSink } from '../load/udp-sink.ts';

/** One `ffmpeg -c copy` from RTP to fMP4 HLS, every stream a playlist: the plainest recorder there is. */
export class PlainFfmpeg {
  readonly folder: string;
  readonly #process: ChildProcess;
  readonly #udp: UdpSink;

  static async start(streams: readonly SourceStream[]): Promise<PlainFfmpeg> {
    const ports = new Map<SourceStream, number>();
    for (const stream of streams) ports.set(stream, await freePort());
    const folder = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
    writeFileSync(join(folder, 'in.sdp'), description(ports));
    const video = streams.filter(({ kind }) => kind === 'video');
    const variants = [...video.map((_, index) => `v:${index},agroup:mic`), 'a:0,agroup:mic'];
    const child = spawn(
      process.env.FFMPEG_BIN ?? 'ffmpeg',
      [
        ...['-v', 'fatal', '-nostdin', '-protocol_whitelist', 'file,udp,rtp', '-i', 'in.sdp'],
        ...streams.flatMap((_, index) => ['-map', `0:${index}`]),
        ...['-c', 'copy', '-f', 'hls', '-hls_time', '2', '-hls_playlist_type', 'event'],
        // The muxer calls Opus in fMP4 experimental.
        ...['-hls_segment_type', 'fmp4', '-strict', 'experimental'],
        ...['-var_stream_map', variants.join(' '), 'out_%v.m3u8'],
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await once(child, 'spawn');
    return new PlainFfmpeg(child, folder, ports);
  }

  private constructor(child: ChildProcess, folder: string, ports: Map<SourceStream, number>) {
    this.#process = child;
    this.folder = folder;
    this.#udp = new UdpSink((stream) => {
      const port = ports.get(stream)!;
      return { ip: '127.0.0.1', port, rtcpPort: port + 1 };
    });
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Where the source's packets go. */
  get sink(): Sink {
    return this.#udp.take;
  }

  async close(): Promise<void> {
    this.#udp.close();
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What ffmpeg has to know of the streams (RFC 4566). */
function description(ports: Map<SourceStream, number>): string {
  const media = [...ports].flatMap(([{ rung, kind }, port]) => {
    const { payloadType, mimeType, clockRate, channels } = rung;
    const name = mimeType.slice(mimeType.indexOf('/') + 1);
    return [
      `m=${kind} ${port} RTP/AVP ${payloadType}`,
      `a=rtpmap:${payloadType} ${name}/${clockRate}${channels ? `/${channels}` : ''}`,
      ...(kind === 'video' ? [`a=fmtp:${payloadType} packetization-mode=1`] : []),
    ];
  });
  return ['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...media, ''].join('\r\n');
}

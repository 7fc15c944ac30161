import nodeDataChannel, { type PeerConnection, type Track } from 'node-datachannel';
import type { MediaKind } from '#protocol/domain.ts';
import type { IngestKey } from '#protocol/rest.ts';
import type { HttpClient } from './http-client.ts';
import { isRefused, refusalOf } from './platform-client.ts';
import type { RtpStream } from './rtp-stream.ts';
import { TeachError } from './teach-error.ts';

const CONNECT_MS = 10_000;
const CNAME = 'teach';

export type Streams = Record<MediaKind, RtpStream>;

/** How a session stands with the server. */
export type Standing = 'alive' | 'gone' | 'taken' | 'unreachable';

export interface WhipClientOptions {
  http: HttpClient;
  key: IngestKey;
  streams: Streams;
  /** Bind to loopback: the way to a platform on this very machine also without any network. */
  loopback: boolean;
}

/** One WHIP session (RFC 9725): a WebRTC peer made of libdatachannel, which leaves RTP to us. */
export class WhipClient {
  readonly #http: HttpClient;
  readonly #authorization: string;
  readonly #location: string;
  readonly #etag: string;
  readonly #connection: PeerConnection;
  readonly #tracks: Record<MediaKind, Track>;
  #brokenAt: number | null = null;
  #closed = false;

  /** @throws TeachError REFUSED with the server's code, NOT_CONNECTED when no way to the media node is found. */
  static async connect(options: WhipClientOptions): Promise<WhipClient> {
    const { http, key, streams, loopback } = options;
    const connection = new nodeDataChannel.PeerConnection(CNAME, {
      iceServers: [],
      disableAutoNegotiation: true,
      ...(loopback ? { bindAddress: '127.0.0.1' } : {}),
    });
    try {
      const tracks = addTracks(connection, streams);
      const offer = await localOffer(connection);
      const authorization = `Bearer ${key.token}`;
      const answer = await http.send({
        method: 'POST',
        path: key.whipPath,
        headers: { Authorization: authorization, 'Content-Type': 'application/sdp' },
        body: offer,
      });
      if (answer.status !== 201) throw refusalOf(answer.body, answer.status);
      const { location = '', etag = '' } = answer.headers;
      const client = new WhipClient(http, authorization, location, etag, connection, tracks);
      try {
        connection.setRemoteDescription(answer.body, 'answer');
        await connected(connection);
      } catch (error) {
        await client.close();
        throw error;
      }
      client.#watch(streams);
      return client;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private constructor(
    http: HttpClient,
    authorization: string,
    location: string,
    etag: string,
    connection: PeerConnection,
    tracks: Record<MediaKind, Track>,
  ) {
    this.#http = http;
    this.#authorization = authorization;
    this.#location = location;
    this.#etag = etag;
    this.#connection = connection;
    this.#tracks = tracks;
  }

  /** For how long the media has had no way; 0 while it has one. */
  get brokenForMs(): number {
    return this.#brokenAt === null ? 0 : performance.now() - this.#brokenAt;
  }

  /** RTP or RTCP; dropped while the connection is not there. */
  send(kind: MediaKind, packet: Buffer): void {
    const track = this.#tracks[kind];
    try {
      if (!this.#closed && track.isOpen()) track.sendMessageBinary(packet);
    } catch {
      // It closed between the question and the sending; `onBroken` tells of it.
    }
  }

  /** Asks the server whether the session is still there: an empty trickle, which changes nothing. */
  async standing(): Promise<Standing> {
    try {
      const answer = await this.#http.send({
        method: 'PATCH',
        path: this.#location,
        headers: {
          Authorization: this.#authorization,
          'Content-Type': 'application/trickle-ice-sdpfrag',
          'If-Match': this.#etag,
        },
        body: 'a=end-of-candidates\r\n',
      });
      if (answer.status === 204) return 'alive';
      return isRefused(refusalOf(answer.body, answer.status), 'SEAT_TAKEN') ? 'taken' : 'gone';
    } catch {
      return 'unreachable';
    }
  }

  /** Hangs up. Idempotent; an unreachable server is no error, it will miss us. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
    await this.#http
      .send({ method: 'DELETE', path: this.#location, headers: { Authorization: this.#authorization } })
      .catch(() => undefined);
  }

  #watch(streams: Streams): void {
    for (const kind of ['video', 'audio'] as const)
      this.#tracks[kind].onMessage((rtcp) => {
        for (const packet of streams[kind].askedAgain(rtcp)) this.send(kind, packet);
      });
    this.#connection.onStateChange((state) => {
      this.#brokenAt = state === 'connected' ? null : (this.#brokenAt ?? performance.now());
    });
  }
}

function addTracks(connection: PeerConnection, streams: Streams): Record<MediaKind, Track> {
  const video = new nodeDataChannel.Video('video', 'SendOnly');
  video.addH264Codec(streams.video.format.payloadType);
  video.addSSRC(streams.video.ssrc, CNAME, CNAME, 'video');
  const audio = new nodeDataChannel.Audio('audio', 'SendOnly');
  audio.addOpusCodec(streams.audio.format.payloadType);
  audio.addSSRC(streams.audio.ssrc, CNAME, CNAME, 'audio');
  return { video: connection.addTrack(video), audio: connection.addTrack(audio) };
}

/** With every candidate in it: WHIP's first request carries them all. */
async function localOffer(connection: PeerConnection): Promise<string> {
  await settled((done) => {
    connection.onGatheringStateChange((state) => {
      if (state === 'complete') done();
    });
    connection.setLocalDescription('offer');
  });
  return connection.localDescription()!.sdp;
}

async function connected(connection: PeerConnection): Promise<void> {
  await settled((done, fail) => {
    connection.onStateChange((state) => {
      if (state === 'connected') done();
      else if (state === 'failed' || state === 'closed') fail();
    });
    if (connection.state() === 'connected') done();
  });
}

function settled(begin: (done: () => void, fail: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new TeachError('NOT_CONNECTED'));
    const timer = setTimeout(fail, CONNECT_MS);
    begin(
      () => {
        clearTimeout(timer);
        resolve();
      },
      () => {
        clearTimeout(timer);
        fail();
      },
    );
  });
}

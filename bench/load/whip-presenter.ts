import type { MediaKind } from '#protocol/domain.ts';
import { IngestKey } from '#protocol/rest.ts';
import type { Api } from '../../e2e/harness/api.ts';
import { HttpClient } from '../../infra/teach/http-client.ts';
import { RtpStream } from '../../infra/teach/rtp-stream.ts';
import { type Streams, WhipClient } from '../../infra/teach/whip-client.ts';
import type { Sink } from './rtp-source.ts';

/** A master classroom without a camera: sends the source's largest layer and its sound through the WHIP door. */
export class WhipPresenter {
  readonly #client: WhipClient;
  readonly #streams: Streams;

  /** @param api of an account that presents the lesson, which must be open. */
  static async connect(api: Api, lessonId: string): Promise<WhipPresenter> {
    const key = await api.get(IngestKey, 'POST', `/api/lessons/${lessonId}/ingest-keys`);
    const streams = {
      video: new RtpStream({ payloadType: 108, clockRate: 90_000 }),
      audio: new RtpStream({ payloadType: 111, clockRate: 48_000 }),
    };
    const http = new HttpClient(api.origin, false);
    const client = await WhipClient.connect({ http, key, streams, loopback: true });
    return new WhipPresenter(client, streams);
  }

  private constructor(client: WhipClient, streams: Streams) {
    this.#client = client;
    this.#streams = streams;
  }

  /** Sender reports are left out: they would name the source's clock, not this stream's. */
  readonly take: Sink = ({ kind, rung }, packet, what) => {
    if (what === 'rtp' && (kind === 'audio' || rung.rungId === 'l2')) this.#send(kind, packet);
  };

  async close(): Promise<void> {
    await this.#client.close();
  }

  #send(kind: MediaKind, packet: Buffer): void {
    // The stream writes its own identity into the packet, which other sinks share.
    this.#client.send(kind, this.#streams[kind].adopt(Buffer.from(packet)));
  }
}

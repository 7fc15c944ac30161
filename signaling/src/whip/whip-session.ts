import { createHash, timingSafeEqual } from 'node:crypto';
import { newId } from '#platform/ids.ts';
import type { FeedRole } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { TransportOptions } from '#protocol/media.ts';
import type { IngestSeat } from './ingest-seat.ts';
import { type AcceptedSection, negotiate } from './negotiation.ts';
import { writeAnswer, writeRestartFragment } from './sdp-answer.ts';
import type { SdpOffer } from './sdp-offer.ts';

/** One WHIP session (RFC 9725 §4.2): a seat, one transport and its feeds. */
export class WhipSession {
  readonly sessionId: Id = newId();
  readonly lessonId: Id;
  readonly answer: string;
  /** Names the ICE session: a client that knows an older one is told so. */
  etag = `"${newId()}"`;
  readonly #seat: IngestSeat;
  readonly #transport: TransportOptions;
  readonly #accepted: AcceptedSection[];
  readonly #bearerHash: Buffer;

  /** Publishes what the offer brings. The seat is the session's from here on and closed if this fails. */
  static async open(
    lessonId: Id,
    bearer: string,
    seat: IngestSeat,
    offer: SdpOffer,
    firstVideo: FeedRole,
  ): Promise<WhipSession> {
    try {
      const accepted = negotiate(offer, seat.routerRtpCapabilities, firstVideo);
      const transport = await seat.createTransport();
      const answer = writeAnswer(offer, accepted, transport);
      await seat.connectTransport(transport.transportId, offer.dtlsParameters);
      for (const { role, kind, sending } of accepted)
        await seat.publish(transport.transportId, role, kind, sending);
      return new WhipSession(lessonId, bearer, seat, transport, accepted, answer);
    } catch (error) {
      await seat.close();
      throw error;
    }
  }

  private constructor(
    lessonId: Id,
    bearer: string,
    seat: IngestSeat,
    transport: TransportOptions,
    accepted: AcceptedSection[],
    answer: string,
  ) {
    this.lessonId = lessonId;
    this.answer = answer;
    this.#seat = seat;
    this.#transport = transport;
    this.#accepted = accepted;
    this.#bearerHash = hash(bearer);
  }

  /** Every request to the session carries the key that opened it (RFC 9725 §4.1). */
  opens(bearer: string): boolean {
    return timingSafeEqual(this.#bearerHash, hash(bearer));
  }

  /** New ICE credentials; returns the SDP fragment that tells them. */
  async restartIce(): Promise<string> {
    const ice = await this.#seat.restartIce(this.#transport.transportId);
    this.etag = `"${newId()}"`;
    return writeRestartFragment(this.#accepted, ice, this.#transport.iceCandidates);
  }

  onClosed(listener: (cause: 'taken' | 'lost') => void): void {
    this.#seat.onClosed(listener);
  }

  async close(): Promise<void> {
    await this.#seat.close();
  }
}

const hash = (bearer: string) => createHash('sha256').update(bearer).digest();

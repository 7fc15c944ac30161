import { newId } from '#platform/ids.ts';
import { type CheckReply, type CheckRequest, PROBE_MS } from '#protocol/check-socket.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import type { SfuConnection } from '../node/node-pool.ts';

/** A page makes one for each of three ways, and two for the way that it measures. */
const MAX_TRANSPORTS = 12;

type MediaRequest = Exclude<CheckRequest, { type: 'probe.open' | 'probe.close' | 'check.report' }>;

/**
 * A room on the media node in which one page sends to itself. No lesson knows of it: should signaling end
 * before it is closed, the node's next report does away with it (`Rooms`).
 */
export class Probe {
  readonly routerRtpCapabilities: RtpCapabilities;
  readonly #roomId: Id;
  readonly #participantId: Id;
  readonly #feedId: Id;
  readonly #sfu: SfuConnection;
  readonly #transports = new Set<MediaId>();
  readonly #consumers = new Set<MediaId>();
  readonly #deadline: NodeJS.Timeout;
  readonly #onClosed: () => void;
  #made = 0;
  #closed = false;

  /** @param onClosed called once, however it ends */
  static async open(sfu: SfuConnection, onClosed: () => void): Promise<Probe> {
    const roomId = newId();
    const { routerRtpCapabilities } = await sfu.command({ type: 'room.ensure', roomId });
    return new Probe(sfu, roomId, routerRtpCapabilities, onClosed);
  }

  private constructor(
    sfu: SfuConnection,
    roomId: Id,
    routerRtpCapabilities: RtpCapabilities,
    onClosed: () => void,
  ) {
    this.#onClosed = onClosed;
    this.#sfu = sfu;
    this.#roomId = roomId;
    this.#participantId = newId();
    this.#feedId = newId();
    this.routerRtpCapabilities = routerRtpCapabilities;
    this.#deadline = setTimeout(() => void this.close(), PROBE_MS);
  }

  /** @throws AppError MEDIA_GONE for what is not this probe's, or when it is over. */
  async handle(request: MediaRequest): Promise<CheckReply<MediaRequest['type']>> {
    if (this.#closed) throw new AppError('MEDIA_GONE', 'the probe is over');
    const roomId = this.#roomId;
    if ('transportId' in request && !this.#transports.has(request.transportId))
      throw new AppError('MEDIA_GONE', 'no such transport in this probe');
    switch (request.type) {
      case 'transport.create': {
        if (this.#made >= MAX_TRANSPORTS)
          throw new AppError('TOO_MANY_REQUESTS', 'too many transports in one probe');
        // Counted before the node answers: many asked for at once are many too.
        this.#made += 1;
        const { direction } = request;
        const options = await this.#sfu.command({
          type: 'transport.create',
          roomId,
          participantId: this.#participantId,
          direction,
        });
        this.#transports.add(options.transportId);
        return options;
      }
      case 'transport.connect':
        return await this.#sfu.command({ ...request, roomId });
      case 'transport.close':
        this.#transports.delete(request.transportId);
        return await this.#sfu.command({ ...request, roomId });
      case 'feed.publish':
        return await this.#sfu.command({
          type: 'producer.create',
          roomId,
          transportId: request.transportId,
          feedId: this.#feedId,
          role: 'screen',
          kind: 'video',
          rtpParameters: request.rtpParameters,
          paused: false,
        });
      case 'consumer.create': {
        const made = await this.#sfu.command({ ...request, roomId, feedId: this.#feedId });
        this.#consumers.add(made.consumerId);
        return made;
      }
      case 'consumer.resume':
        if (!this.#consumers.has(request.consumerId))
          throw new AppError('MEDIA_GONE', 'no such consumer in this probe');
        return await this.#sfu.command({ ...request, roomId });
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#onClosed();
    // A node that does not answer closes it after its next report.
    await this.#sfu.command({ type: 'room.close', roomId: this.#roomId }).catch(() => undefined);
  }
}

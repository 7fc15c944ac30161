import type { Device } from 'mediasoup-client';
import type { Id } from '#protocol/ids.ts';
import type { Joined, LessonRequest, SeatMedia } from '#protocol/lesson-socket.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import { ClientError } from './client-error.ts';
import { loadDevice } from './device.ts';
import type { MediaContext } from './media-context.ts';
import { qualityBetween, type StatsEntries, statsOf, type Totals, totalsOf } from './quality.ts';
import { ReceiveSide } from './receive-side.ts';
import { reconcile } from './reconcile.ts';
import { SendSide } from './send-side.ts';
import type { LessonSnapshot, Quality } from './snapshot.ts';
import type { LessonSocket } from './socket.ts';
import type { TransportSlot } from './transport-slot.ts';

const SAMPLE_MS = 2_000;
/** How long cameras and microphones wait for the first pictures to be on their way. */
const SETTLE_MS = 1_500;
const NO_QUALITY: Quality = { rttMs: null, lossPercent: null, upKbps: null, downKbps: null };

/** The media of one seat: both directions, and what happens to them when the line, the node or the lesson ends. */
export class LessonMedia {
  readonly send: SendSide;
  readonly receive: ReceiveSide;
  readonly #watches: boolean;
  readonly #context: MediaContext;
  readonly #changed: () => void;
  readonly #unsupported: (error: ClientError) => void;
  readonly #sampler: ReturnType<typeof setInterval>;
  /** Loaded once; used again when another router can do the same. */
  #loaded: { capabilities: string; device: Promise<Device> } | null = null;
  #totals: Totals | null = null;
  #quality = NO_QUALITY;

  /**
   * @param watches false for a page that stands in a room whose big screen shows and sounds the lesson already.
   * @param unsupported the browser has no WebRTC that fits: nothing can help.
   */
  constructor(
    socket: LessonSocket,
    watches: boolean,
    changed: () => void,
    unsupported: (error: ClientError) => void,
  ) {
    this.#watches = watches;
    this.#unsupported = unsupported;
    this.#context = { socket, device: null, iceServers: [], seated: false, generation: 0 };
    this.#changed = changed;
    this.receive = new ReceiveSide(this.#context, changed);
    this.send = new SendSide(this.#context, () => this.receive.settled(SETTLE_MS), changed);
    this.#sampler = setInterval(() => void this.#sample(), SAMPLE_MS);
  }

  get quality(): Quality {
    return this.#quality;
  }

  /** What both transports tell of themselves at this moment. */
  async statistics(): Promise<{ sent: StatsEntries; received: StatsEntries }> {
    const [sent, received] = await Promise.all([statsOf(this.send.slot), statsOf(this.receive.slot)]);
    return { sent, received };
  }

  get state(): LessonSnapshot['media'] {
    const states = [
      slotState(this.send.slot, this.send.roles.size > 0),
      slotState(this.receive.slot, this.receive.feeds.length > 0),
    ];
    for (const state of ['recovering', 'connecting', 'connected'] as const)
      if (states.includes(state)) return state;
    return 'none';
  }

  /** The page sits in its seat, for the first time or again. What still flows is not touched. */
  seated({ media, routerRtpCapabilities, recvTransport, iceServers }: Joined): void {
    const context = this.#context;
    context.seated = true;
    context.generation += 1;
    context.iceServers = iceServers;
    // Null: the node is out of sight, perhaps only of signaling's. What is still listed goes on flowing.
    if (routerRtpCapabilities) this.#adoptRouter(routerRtpCapabilities);
    this.receive.slot.offer(recvTransport);
    this.#reconcile(media);
    for (const { slot } of [this.send, this.receive]) void slot.current?.updateIceServers(iceServers);
    this.wake();
  }

  /** The line to signaling is down. Media goes on; nothing can be asked for. */
  unseated(): void {
    this.#context.seated = false;
  }

  /** The media node is gone, and every transport with it. */
  lost(): void {
    this.#context.device = null;
    this.send.slot.forget();
    this.receive.slot.forget();
    this.#changed();
  }

  available(capabilities: RtpCapabilities): void {
    this.#adoptRouter(capabilities);
    this.wake();
  }

  transportClosed(transportId: string): void {
    for (const { slot } of [this.send, this.receive]) if (slot.current?.id === transportId) slot.replace();
  }

  /** Something is better than before (the line, the network, the lesson's state): no waiting now. */
  wake(): void {
    for (const side of this.#watches ? [this.send, this.receive] : [this.send]) {
      side.slot.current?.nudge();
      side.slot.hurry();
      side.forgiveAll();
      side.driveAll();
    }
  }

  /** Follows the timeline in what is received. */
  want(live: LiveState, ownParticipantId: Id | null): void {
    if (this.#watches) this.receive.want(live, ownParticipantId);
  }

  close(): void {
    clearInterval(this.#sampler);
    this.send.close();
    this.receive.close();
  }

  #adoptRouter(capabilities: RtpCapabilities): void {
    const text = JSON.stringify(capabilities);
    if (this.#loaded?.capabilities !== text) {
      // Another kind of router than before: nothing made for the old one fits.
      this.lost();
      const device = loadDevice(capabilities);
      this.#loaded = { capabilities: text, device };
      device.catch((error) => {
        if (this.#context.device !== device) return;
        this.#context.device = null;
        this.#unsupported(new ClientError('UNSUPPORTED_MEDIA', String(error), { cause: error }));
      });
    }
    this.#context.device = this.#loaded.device;
  }

  #reconcile(carried: SeatMedia): void {
    const slots = [this.send.slot, this.receive.slot];
    const plan = reconcile(
      {
        transports: slots.flatMap(({ current }) =>
          current ? [{ transportId: current.id, usable: current.usable }] : [],
        ),
        feeds: this.send.held,
        consumers: this.receive.held,
        wantedRoles: this.send.roles,
      },
      carried,
    );
    for (const slot of slots)
      if (slot.current && plan.drop.transports.includes(slot.current.id)) slot.replace();
    for (const role of plan.drop.feeds) this.send.forget(role);
    for (const consumerId of plan.drop.consumers) this.receive.consumerClosed(consumerId);
    const ask = (request: LessonRequest) => {
      const { type, ...body } = request;
      this.#context.socket.request(type, body as never).catch(() => {});
    };
    for (const consumerId of plan.close.consumers) ask({ type: 'consumer.close', consumerId });
    for (const feedId of plan.close.feeds) ask({ type: 'feed.close', feedId });
    for (const transportId of plan.close.transports) ask({ type: 'transport.close', transportId });
  }

  async #sample(): Promise<void> {
    this.send.reopenBusyDevices();
    const { sent, received } = await this.statistics();
    this.receive.sample(received);
    if (sent.length + received.length === 0) {
      this.#totals = null;
      return;
    }
    const totals = totalsOf([...received, ...sent], Date.now());
    this.#quality = qualityBetween(this.#totals, totals);
    this.#totals = totals;
    this.#changed();
  }
}

function slotState({ current, everConnected }: TransportSlot, wanted: boolean): LessonSnapshot['media'] {
  if (!wanted) return 'none';
  const name = current?.recovery;
  if (name === 'connected') return 'connected';
  return everConnected ? 'recovering' : 'connecting';
}

import { newId } from '#platform/ids.ts';
import type { RtpCapabilities, RtpParameters } from '#protocol/media.ts';
import { LightPeer, type SfuControl } from './light-peer.ts';
import { SteadyVideo } from './steady-video.ts';

const PRODUCER_SSRC = 7_001;
const PAYLOAD_TYPE = 102;
/** Joins under way at once: a burst that the machine can carry. */
const BATCH = 20;

/** One sender and many receivers of its feed. */
export class Audience {
  readonly video: SteadyVideo;
  readonly #peers: LightPeer[];

  static async gather(control: SfuControl, viewers: number, bitsPerSecond: number): Promise<Audience> {
    const roomId = newId();
    const feedId = newId();
    const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
    const rtpCapabilities = withoutBandwidthEstimation(routerRtpCapabilities);
    const sender = await publish(control, roomId, feedId);
    const peers = [sender];
    while (peers.length <= viewers) {
      const size = Math.min(BATCH, viewers + 1 - peers.length);
      const batch = Array.from({ length: size }, () => watch(control, roomId, feedId, rtpCapabilities));
      peers.push(...(await Promise.all(batch)));
    }
    const stream = { ssrc: PRODUCER_SSRC, payloadType: PAYLOAD_TYPE, bitsPerSecond };
    return new Audience(peers, new SteadyVideo(sender.track, stream));
  }

  private constructor(peers: LightPeer[], video: SteadyVideo) {
    this.#peers = peers;
    this.video = video;
  }

  close(): void {
    this.video.stop();
    for (const peer of this.#peers) peer.close();
  }
}

async function publish(control: SfuControl, roomId: string, feedId: string): Promise<LightPeer> {
  const participantId = newId();
  const transport = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'send',
  });
  const section = { direction: 'SendOnly', payloadType: PAYLOAD_TYPE, ssrc: PRODUCER_SSRC } as const;
  const sender = await LightPeer.connect(control, roomId, transport, section);
  await control.command({
    type: 'producer.create',
    roomId,
    transportId: transport.transportId,
    feedId,
    role: 'teacher',
    kind: 'video',
    rtpParameters: PRODUCED,
    paused: false,
  });
  return sender;
}

const PRODUCED: RtpParameters = {
  mid: '0',
  codecs: [
    {
      mimeType: 'video/H264',
      payloadType: PAYLOAD_TYPE,
      clockRate: 90_000,
      parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
      rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    },
  ],
  encodings: [{ ssrc: PRODUCER_SSRC }],
  rtcp: { cname: 'bench' },
};

async function watch(
  control: SfuControl,
  roomId: string,
  feedId: string,
  rtpCapabilities: RtpCapabilities,
): Promise<LightPeer> {
  const participantId = newId();
  const transport = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'recv',
  });
  const { transportId } = transport;
  const { consumerId, rtpParameters } = await control.command({
    type: 'consumer.create',
    roomId,
    transportId,
    feedId,
    rtpCapabilities,
  });
  const peer = await LightPeer.connect(control, roomId, transport, {
    direction: 'RecvOnly',
    payloadType: rtpParameters.codecs[0]!.payloadType,
    ssrc: rtpParameters.encodings![0]!.ssrc!,
  });
  await control.command({ type: 'consumer.resume', roomId, consumerId });
  return peer;
}

/** These peers answer no bandwidth estimation; asked for, the SFU would probe them for ever. */
function withoutBandwidthEstimation({ codecs, headerExtensions }: RtpCapabilities): RtpCapabilities {
  return {
    codecs: codecs?.map((codec) => ({
      ...codec,
      rtcpFeedback: codec.rtcpFeedback?.filter(({ type }) => type !== 'transport-cc' && type !== 'goog-remb'),
    })),
    headerExtensions: headerExtensions?.filter(({ uri }) => !/transport-wide-cc|abs-send-time/.test(uri)),
  };
}

import { newId } from '#platform/ids.ts';
import type { RtpCapabilities } from '#protocol/media.ts';
import { type PeerControl, RtcPeer, videoParameters } from '../../sfu/testing/rtc-peer.ts';
import { SteadyVideo } from './steady-video.ts';

const PRODUCER_SSRC = 7_001;
const PAYLOAD_TYPE = 102;
/** Joins under way at once: a burst that the machine can carry. */
const BATCH = 20;

/** One sender and many receivers of its feed, all real WebRTC peers (ICE, DTLS, SRTP) without a decoder. */
export class Audience {
  readonly video: SteadyVideo;
  readonly #peers: RtcPeer[];

  static async gather(control: PeerControl, viewers: number, bitsPerSecond: number): Promise<Audience> {
    const roomId = newId();
    const feedId = newId();
    const { routerRtpCapabilities } = await control.command({ type: 'room.ensure', roomId });
    const rtpCapabilities = withoutBandwidthEstimation(routerRtpCapabilities);
    const sender = await RtcPeer.connect(control, roomId, newId(), [
      { mid: 'v', kind: 'video', direction: 'SendOnly', payloadType: PAYLOAD_TYPE, ssrcs: [PRODUCER_SSRC] },
    ]);
    await control.command({
      type: 'producer.create',
      roomId,
      transportId: sender.transportId,
      feedId,
      role: 'teacher',
      kind: 'video',
      rtpParameters: videoParameters('v', [PRODUCER_SSRC]),
      paused: false,
    });
    const peers = [sender];
    while (peers.length <= viewers) {
      const size = Math.min(BATCH, viewers + 1 - peers.length);
      const batch = Array.from({ length: size }, () => watch(control, roomId, feedId, rtpCapabilities));
      peers.push(...(await Promise.all(batch)));
    }
    const video = new SteadyVideo(sender.tracks.get('v')!, {
      ssrc: PRODUCER_SSRC,
      payloadType: PAYLOAD_TYPE,
      bitsPerSecond,
    });
    return new Audience(peers, video);
  }

  private constructor(peers: RtcPeer[], video: SteadyVideo) {
    this.#peers = peers;
    this.video = video;
  }

  close(): void {
    this.video.stop();
    for (const peer of this.#peers) peer.close();
  }
}

async function watch(
  control: PeerControl,
  roomId: string,
  feedId: string,
  rtpCapabilities: RtpCapabilities,
): Promise<RtcPeer> {
  const participantId = newId();
  const transport = await control.command({
    type: 'transport.create',
    roomId,
    participantId,
    direction: 'recv',
  });
  const { transportId } = transport;
  const consumer = await control.command({
    type: 'consumer.create',
    roomId,
    transportId,
    feedId,
    rtpCapabilities,
  });
  const { codecs, encodings } = consumer.rtpParameters;
  const section = {
    mid: '0',
    kind: 'video',
    direction: 'RecvOnly',
    payloadType: codecs[0]!.payloadType,
    ssrcs: [encodings![0]!.ssrc!],
  } as const;
  const peer = await RtcPeer.connect(
    control,
    roomId,
    participantId,
    [{ ...section, ssrcs: [...section.ssrcs] }],
    { transport },
  );
  await control.command({ type: 'consumer.resume', roomId, consumerId: consumer.consumerId });
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

import type { types } from 'mediasoup-client';
import type { FeedRole } from '#protocol/domain.ts';

/**
 * The codec a video feed is sent with: H.264, because it is recorded and replayed without transcoding;
 * VP8 where the browser cannot. Undefined when neither is there (mediasoup-client then takes its first).
 */
export function chooseVideoCodec(
  sendCapabilities: types.RtpCapabilities,
): types.RtpCodecCapability | undefined {
  const video = (sendCapabilities.codecs ?? []).filter((codec) => codec.kind === 'video');
  const named = (name: string) => video.filter((codec) => codec.mimeType.toLowerCase() === `video/${name}`);
  // Packetization mode 1 (RFC 6184, section 6.3): key frames larger than a packet need fragments.
  const h264 = named('h264').find((codec) => Number(codec.parameters?.['packetization-mode'] ?? 0) === 1);
  return h264 ?? named('vp8')[0];
}

/*
 * `L1T1`: one temporal layer. With more, mediasoup-client's default, a weak line would be thinned by
 * frames the recorder's rung then misses; the three sizes are ladder enough.
 */
const LAYER = { scalabilityMode: 'L1T1' };

/**
 * Kilobits per second with which the browser begins before it knows its line: enough for all three sizes at
 * once (150 + 500 + libwebrtc's 600 at least for 720p). With less the large one comes seconds later, when the
 * estimate has crept up to it; a weaker line is noticed within half a second either way.
 */
const START_KBPS = 1_500;

/** About 180p, 360p and 720p of a 720p camera. */
const CAMERA: types.RtpEncodingParameters[] = [
  { ...LAYER, scaleResolutionDownBy: 4, maxBitrate: 150_000 },
  { ...LAYER, scaleResolutionDownBy: 2, maxBitrate: 500_000 },
  { ...LAYER, scaleResolutionDownBy: 1, maxBitrate: 1_800_000 },
];
/** Sharp and slow: letters on a board must be read from the last row. */
const STILL: types.RtpEncodingParameters[] = [{ maxBitrate: 2_000_000, maxFramerate: 10 }];

export interface FeedEncoding {
  encodings?: types.RtpEncodingParameters[];
  codecOptions: types.ProducerCodecOptions;
  contentHint: '' | 'detail' | 'motion' | 'speech';
}

/** How a feed is encoded, by its role. Bit rates in bits per second. */
export function encodingOf(role: FeedRole): FeedEncoding {
  switch (role) {
    case 'mic':
      return {
        // No DTX: a silence that stops the stream is a gap in the recording and unsettles lip-sync.
        codecOptions: { opusFec: true, opusDtx: false, opusStereo: false, opusMaxAverageBitrate: 48_000 },
        contentHint: 'speech',
      };
    case 'screen':
    case 'board':
      return {
        encodings: copy(STILL),
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        contentHint: 'detail',
      };
    case 'teacher':
    case 'pupils':
    case 'studio':
      return {
        encodings: copy(CAMERA),
        codecOptions: { videoGoogleStartBitrate: START_KBPS },
        contentHint: 'motion',
      };
  }
}

/**
 * Makes the browser give up frames, not pixels, when a picture is hard to encode. Its own way is to shrink the
 * camera's picture as soon as the mean quantizer of ALL layers is high, which the smallest layer's always is when
 * a room moves; of a picture shrunk to 360p it then encodes two layers only, and the large screen in the remote
 * classroom shows 320 pixels. Which sizes a line can carry is the layers' business.
 */
export function keepSizes(sender: RTCRtpSender): void {
  if (sender.track?.kind !== 'video') return;
  const parameters = sender.getParameters();
  parameters.degradationPreference = 'maintain-resolution';
  // A browser that does not know the wish sends all the same.
  sender.setParameters(parameters).catch(() => {});
}

/** mediasoup-client writes `rid` into what it is given. */
const copy = (encodings: types.RtpEncodingParameters[]) => encodings.map((encoding) => ({ ...encoding }));

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
        codecOptions: { videoGoogleStartBitrate: 1000 },
        contentHint: 'detail',
      };
    case 'teacher':
    case 'pupils':
    case 'studio':
      return {
        encodings: copy(CAMERA),
        codecOptions: { videoGoogleStartBitrate: 1000 },
        contentHint: 'motion',
      };
  }
}

/** mediasoup-client writes `rid` into what it is given. */
const copy = (encodings: types.RtpEncodingParameters[]) => encodings.map((encoding) => ({ ...encoding }));

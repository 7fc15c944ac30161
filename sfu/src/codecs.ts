import type { types } from 'mediasoup';

/**
 * What a room's router speaks, in order of preference. H.264 comes first because it is recorded without
 * transcoding; constrained baseline (42e01f) is the one profile that every browser, OBS and hardware
 * encoder sends. The payload types are Chromium's own, so that a WHEP player's offer matches.
 */
export const ROUTER_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    preferredPayloadType: 111,
    clockRate: 48_000,
    channels: 2,
    parameters: { minptime: 10, useinbandfec: 1 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    preferredPayloadType: 108,
    clockRate: 90_000,
    parameters: { 'profile-level-id': '42e01f', 'packetization-mode': 1, 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 96, clockRate: 90_000 },
];

const BANDWIDTH_ESTIMATION_EXTENSIONS = new Set([
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
]);
const BANDWIDTH_ESTIMATION_FEEDBACK = new Set(['transport-cc', 'goog-remb']);

/**
 * The router's capabilities as a recorder has them. Without bandwidth estimation, because mediasoup would
 * probe a peer that never answers and drop it to a lower layer; without RTX, so that what the recorder asks
 * for again comes in the stream itself.
 */
export function recorderCapabilities(router: types.RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: (router.codecs ?? [])
      .filter((codec) => !codec.mimeType.toLowerCase().endsWith('/rtx'))
      .map((codec) => ({
        ...codec,
        rtcpFeedback: (codec.rtcpFeedback ?? []).filter(
          ({ type }) => !BANDWIDTH_ESTIMATION_FEEDBACK.has(type),
        ),
      })),
    headerExtensions: (router.headerExtensions ?? []).filter(
      ({ uri }) => !BANDWIDTH_ESTIMATION_EXTENSIONS.has(uri),
    ),
  };
}

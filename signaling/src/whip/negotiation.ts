import type { types } from 'mediasoup-client';
import { addNackSupportForOpus } from 'mediasoup-client/handlers/ortc/utils';
import * as sdpCommonUtils from 'mediasoup-client/handlers/sdp/commonUtils';
import * as sdpUnifiedPlanUtils from 'mediasoup-client/handlers/sdp/unifiedPlanUtils';
import * as ortc from 'mediasoup-client/ortc';
import * as sdpTransform from 'sdp-transform';
import type { FeedRole, MediaKind } from '#protocol/domain.ts';
import { type RtpCapabilities, RtpParameters } from '#protocol/media.ts';
import { isSending, type MediaSection, refusal, type SdpOffer } from './sdp-offer.ts';

const MID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:mid';

/** One media section that is taken, as the SFU gets it and as the answer tells it. */
export interface AcceptedSection {
  section: MediaSection;
  role: FeedRole;
  kind: MediaKind;
  sending: RtpParameters;
  answering: types.RtpParameters;
}

/**
 * Settles codecs and feeds: the first video is the teacher's picture (or `firstVideo`), the second the
 * board, audio is the microphone. One codec a section, the router's favourite among those offered.
 * @throws AppError BAD_REQUEST when nothing in common is left.
 */
export function negotiate(offer: SdpOffer, router: RtpCapabilities, firstVideo: FeedRole): AcceptedSection[] {
  const roles: Record<MediaKind, FeedRole[]> = { audio: ['mic'], video: [firstVideo, 'board'] };
  return offer.sections.filter(isSending).map((section) => {
    const kind = section.type as MediaKind;
    const role = roles[kind].shift();
    if (!role) throw refusal(`more ${kind} sections than a lesson has feeds for`);
    try {
      return { section, role, kind, ...parametersOf(section, kind, router) };
    } catch (error) {
      throw refusal(`section ${section.mid}: ${(error as Error).message}`, error);
    }
  });
}

function parametersOf(section: MediaSection, kind: MediaKind, router: RtpCapabilities) {
  const offered = sdpCommonUtils.extractRtpCapabilities({ sdpObject: { media: [section] } as never });
  ortc.validateAndNormalizeRtpCapabilities(offered);
  addNackSupportForOpus(offered);
  const ours = structuredClone(router) as types.RtpCapabilities;
  ortc.validateAndNormalizeRtpCapabilities(ours);
  const common = ortc.getExtendedRtpCapabilities(offered, ours, false);
  if (!common.codecs.some((codec) => codec.kind === kind)) throw new Error('no codec in common');
  const sending = ortc.getSendingRtpParameters(kind, common);
  sending.codecs = ortc.reduceCodecs(sending.codecs, undefined);
  const answering = ortc.getSendingRemoteRtpParameters(kind, common);
  answering.codecs = ortc.reduceCodecs(answering.codecs, undefined);
  sending.mid = String(section.mid);
  sending.rtcp = { cname: cnameOf(section), reducedSize: true };
  sending.encodings = encodingsOf(section, sending);
  return { sending: RtpParameters.parse(sending), answering };
}

/** From the smallest layer up, as mediasoup wants them. */
function encodingsOf(section: MediaSection, { codecs, headerExtensions }: types.RtpParameters) {
  const { simulcast } = section;
  if (simulcast?.dir1 === 'send') {
    const layers = sdpTransform.parseSimulcastStreamList(simulcast.list1).map(([first]) => first);
    const rids = layers.flatMap((layer) => (layer ? [String(layer.scid)] : []));
    if (rids.length > 0) {
      // RFC 8853 §5.2: the sender lists the streams from the most preferred, its best, down.
      return rids.reverse().map((rid) => ({ rid }));
    }
  }
  if ((section.ssrcs ?? []).length > 0)
    return sdpUnifiedPlanUtils.getRtpEncodings({ offerMediaObject: section as never, codecs });
  if (!headerExtensions?.some(({ uri }) => uri === MID_EXTENSION))
    throw new Error('neither a=ssrc nor a=simulcast nor the MID header extension tells its packets');
  return [{}];
}

function cnameOf(section: MediaSection): string {
  return String(sdpCommonUtils.getCname({ offerMediaObject: section as never }) ?? '').slice(0, 256);
}

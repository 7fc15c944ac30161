import * as sdpCommonUtils from 'mediasoup-client/handlers/sdp/commonUtils';
import type { MediaAttributes, SessionDescription } from 'sdp-transform';
import * as sdpTransform from 'sdp-transform';
import { AppError } from '#protocol/errors.ts';
import { DtlsParameters } from '#protocol/media.ts';

/** OBS sends two media sections, a studio machine may send three; nothing honest sends more. */
const MAX_SECTIONS = 8;

export type MediaSection = MediaAttributes & {
  type: string;
  port: number;
  protocol: string;
  payloads?: string | undefined;
};

/** An SDP offer (RFC 8866, RFC 9725 §4.2) that has all that an answer needs. */
export interface SdpOffer {
  session: SessionDescription;
  sections: MediaSection[];
  /** The sender's, with its role settled: it is the client unless it insists on being the server. */
  dtlsParameters: DtlsParameters;
}

/** @throws AppError BAD_REQUEST that says what is wrong. */
export function readOffer(sdp: string): SdpOffer {
  if (!sdp.startsWith('v=0')) throw refusal('no SDP: it does not begin with v=0');
  let session: SessionDescription;
  let dtlsParameters: DtlsParameters;
  try {
    session = sdpTransform.parse(sdp);
    dtlsParameters = DtlsParameters.parse(sdpCommonUtils.extractDtlsParameters({ sdpObject: session }));
  } catch (error) {
    throw refusal((error as Error).message, error);
  }
  const sections = session.media as MediaSection[];
  if (sections.length === 0) throw refusal('no media section');
  if (sections.length > MAX_SECTIONS) throw refusal(`more than ${MAX_SECTIONS} media sections`);
  const mids = sections.map(({ mid }) => mid);
  if (mids.some((mid) => mid === undefined)) throw refusal('a media section has no a=mid');
  if (new Set(mids.map(String)).size !== mids.length) throw refusal('two media sections have the same a=mid');
  if (!sections.some(isSending)) throw refusal('no media section sends audio or video');
  if (!sections.filter(isSending).every(({ rtcpMux }) => rtcpMux)) throw refusal('a=rtcp-mux is required');
  const bundled = new Set(
    (session.groups ?? []).flatMap(({ type, mids }) => (type === 'BUNDLE' ? String(mids).split(' ') : [])),
  );
  if (sections.length > 1 && !sections.filter(isSending).every(({ mid }) => bundled.has(String(mid))))
    throw refusal('all media sections have to be in one a=group:BUNDLE');
  if (dtlsParameters.role === 'auto') dtlsParameters.role = 'client';
  return { session, sections, dtlsParameters };
}

/** Whether the section brings media in. Data channels and what only receives are declined. */
export function isSending({ type, direction, port }: MediaSection): boolean {
  // No direction attribute means sendrecv (RFC 8866 §6.7); port 0 means declined (RFC 3264 §6).
  const sends = direction === undefined || direction === 'sendonly' || direction === 'sendrecv';
  return (type === 'audio' || type === 'video') && sends && port !== 0;
}

export function refusal(message: string, cause?: unknown): AppError {
  return new AppError('BAD_REQUEST', `the SDP offer cannot be used: ${message}`, { cause });
}

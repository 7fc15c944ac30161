import type { types } from 'mediasoup-client';
import { RemoteSdp } from 'mediasoup-client/handlers/sdp/RemoteSdp';
import * as sdpTransform from 'sdp-transform';
import type { IceParameters, TransportOptions } from '#protocol/media.ts';
import type { AcceptedSection } from './negotiation.ts';
import type { SdpOffer } from './sdp-offer.ts';

/** The answer (RFC 9725 §4.2): ICE-lite, every candidate in it, one transport, receiving only. */
export function writeAnswer(
  offer: SdpOffer,
  accepted: AcceptedSection[],
  transport: TransportOptions,
): string {
  const remote = new RemoteSdp({
    iceParameters: transport.iceParameters as types.IceParameters,
    iceCandidates: transport.iceCandidates as types.IceCandidate[],
    dtlsParameters: {
      ...transport.dtlsParameters,
      role: offer.dtlsParameters.role === 'client' ? 'server' : 'client',
    } as types.DtlsParameters,
  });
  for (const { section, sending, answering } of accepted)
    remote.send({
      offerMediaObject: section as never,
      offerRtpParameters: sending as types.RtpParameters,
      answerRtpParameters: answering,
      codecOptions: {},
    });
  const answer = sdpTransform.parse(remote.getSdp());
  const byMid = new Map(answer.media.map((media) => [String(media.mid), media]));
  // One section for each of the offer's, in its order; port 0 declines (RFC 3264 §6).
  answer.media = offer.sections.map(
    ({ type, protocol, payloads, mid }) =>
      byMid.get(String(mid)) ?? {
        type,
        port: 0,
        protocol,
        payloads: payloads ?? '0',
        mid: String(mid),
        direction: 'inactive',
        connection: { version: 4, ip: '0.0.0.0' },
        rtp: [],
        fmtp: [],
      },
  );
  return sdpTransform.write(answer);
}

/** What an ICE restart is answered with (RFC 9725 §4.3.3, RFC 8840 §9): the new credentials and candidates. */
export function writeRestartFragment(
  accepted: AcceptedSection[],
  ice: IceParameters,
  candidates: TransportOptions['iceCandidates'],
): string {
  const mids = accepted.map(({ section }) => section.mid).join(' ');
  const { type, protocol, mid } = accepted[0]!.section;
  return [
    'a=ice-lite',
    `a=group:BUNDLE ${mids}`,
    `m=${type} 9 ${protocol} 0`,
    `a=mid:${mid}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    ...candidates.map(
      (it) =>
        `a=candidate:${it.foundation} 1 ${it.protocol} ${it.priority} ${it.address} ${it.port} typ ${it.type}` +
        (it.tcpType ? ` tcptype ${it.tcpType}` : ''),
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

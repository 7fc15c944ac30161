/** One line of the ladder. Bandwidths in bit/s. */
export interface Variant {
  uri: string;
  codec: string;
  width: number;
  height: number;
  peakBandwidth: number;
  averageBandwidth: number;
}

/** The microphone that belongs to a picture. */
export interface AudioRendition {
  uri: string;
  peakBandwidth: number;
  averageBandwidth: number;
}

const AUDIO_CODEC = 'opus';

/** The multivariant playlist (RFC 8216 §4.3.4) of a video track, with its participant's microphone if any. */
export function videoMaster(variants: Variant[], audio: AudioRendition | undefined): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7'];
  if (audio) {
    lines.push(
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="mic",NAME="mic",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="${audio.uri}"`,
    );
  }
  for (const variant of variants) {
    const codecs = audio ? `${variant.codec},${AUDIO_CODEC}` : variant.codec;
    lines.push(
      `${streamInf(variant, audio, codecs)},RESOLUTION=${variant.width}x${variant.height}${audio ? ',AUDIO="mic"' : ''}`,
      variant.uri,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The multivariant playlist of a microphone alone. */
export function audioMaster(audio: AudioRendition): string {
  return `#EXTM3U\n#EXT-X-VERSION:7\n${streamInf(audio, undefined, AUDIO_CODEC)}\n${audio.uri}\n`;
}

type Bandwidth = Pick<AudioRendition, 'peakBandwidth' | 'averageBandwidth'>;

function streamInf(own: Bandwidth, audio: Bandwidth | undefined, codecs: string): string {
  const peak = Math.ceil(own.peakBandwidth + (audio?.peakBandwidth ?? 0));
  const average = Math.ceil(own.averageBandwidth + (audio?.averageBandwidth ?? 0));
  return `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},CODECS="${codecs}"`;
}

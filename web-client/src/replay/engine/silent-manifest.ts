/**
 * A multivariant playlist without its sound (RFC 8216 §4.3.4): a picture that is played beside another
 * must neither download nor play the same voice again.
 */
export function withoutSound(manifest: string): string {
  return manifest
    .split('\n')
    .filter((line) => !line.startsWith('#EXT-X-MEDIA:TYPE=AUDIO'))
    .map((line) =>
      line.startsWith('#EXT-X-STREAM-INF:')
        ? line
            .replace(/,AUDIO="[^"]*"/, '')
            .replace(/CODECS="([^"]*)"/, (_all, codecs: string) => `CODECS="${pictures(codecs)}"`)
        : line,
    )
    .join('\n');
}

const pictures = (codecs: string): string =>
  codecs
    .split(',')
    .filter((codec) => !/^(opus|mp4a)/i.test(codec))
    .join(',');

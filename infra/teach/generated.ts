import type { Fonts } from './fonts.ts';

/** Longer than any lesson: a generated film ends when it is told to. */
const DAY_S = 86_400;

export const SILENCE = `anullsrc=r=48000:cl=mono:d=${DAY_S}`;

/** Soft moving colours, computed small and blown up, because ffmpeg's gradients are dear at full size. */
const BACKGROUND =
  `gradients=s=64x36:r=30:d=${DAY_S}:nb_colors=3:speed=0.004:` +
  'c0=0x123a5a:c1=0x1f7a6d:c2=0x2b4c8c,scale=1280:720:flags=bicubic';

/**
 * The clock of the film in large digits, with milliseconds: two screens side by side show their delay. A
 * yellow square lights in the first tenth of every second, together with the beep.
 */
export function pictureOfClock(title: string, fonts: Fonts): string {
  if (!fonts.latin) return `testsrc2=s=1280x720:r=30:d=${DAY_S}`;
  return [
    BACKGROUND,
    ...caption(title, fonts),
    // It begins with the room for a sign.
    text(fonts.latin, '%{pts\\:hms}', 'fontsize=118:fontcolor=white:x=(w-text_w)/2-20:y=300'),
    "drawbox=x=1100:y=96:w=64:h=64:c=0xffd54a:t=fill:enable='lt(mod(t\\,1)\\,0.1)'",
  ].join(',');
}

/** For a film without a picture. */
export function stillCard(title: string, fonts: Fonts): string {
  return [`color=c=0x17324d:s=1280x720:r=30:d=${DAY_S}`, ...caption(title, fonts)].join(',');
}

/** A murmur like a voice in another room, and in the first tenth of every second a beep that climbs an octave. */
export function soundOfClock(): string {
  const beep = '0.35*sin(2*PI*440*pow(2,mod(floor(t),8)/8)*t)';
  const murmur =
    '0.10*(0.6+0.4*sin(2*PI*3.1*t))*(sin(2*PI*150*t+6*sin(2*PI*0.4*t))' +
    '+0.5*sin(2*PI*450*t+9*sin(2*PI*0.7*t))+0.3*sin(2*PI*1200*t+4*sin(2*PI*0.9*t)))';
  return `aevalsrc=exprs='if(lt(mod(t,1),0.1),${beep},${murmur})':s=16000:d=${DAY_S}`;
}

function caption(title: string, { latin, chinese }: Fonts): string[] {
  const isLatin = /^[\x20-\x7e]*$/.test(title);
  const font = isLatin ? (latin ?? chinese) : chinese;
  if (!font) return [];
  return [text(font, plain(title), 'fontsize=44:fontcolor=white@0.9:x=112:y=104')];
}

function text(font: string, content: string, style: string): string {
  // A drive letter's colon would end the option.
  return `drawtext=fontfile='${font.replaceAll(':', '\\:')}':text='${content}':${style}`;
}

/** Without the characters that mean something in a filter graph. */
function plain(title: string): string {
  return title.replace(/[\\':%,;[\]]/g, ' ').slice(0, 48);
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const LATIN = [
  '/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf',
  '/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf',
  '/System/Library/Fonts/Supplemental/Arial Bold.ttf',
  'C:/Windows/Fonts/arialbd.ttf',
];
const CHINESE = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',
  '/System/Library/Fonts/PingFang.ttc',
  'C:/Windows/Fonts/msyhbd.ttc',
];

export interface Fonts {
  latin: string | null;
  chinese: string | null;
}

/** Font files that ffmpeg can draw with; fontconfig is asked where the usual places have none. */
export function findFonts(): Fonts {
  const latin = LATIN.find((path) => existsSync(path)) ?? ask('sans:bold');
  return { latin, chinese: CHINESE.find((path) => existsSync(path)) ?? ask(':lang=zh-cn:bold') };
}

function ask(pattern: string): string | null {
  const { status, stdout } = spawnSync('fc-match', ['-f', '%{file}|%{lang}', pattern], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [file = '', languages = ''] = stdout.split('|');
  // fontconfig always names something: a font without Chinese would draw empty boxes.
  if (pattern.includes('zh-cn') && !languages.split(',').some((language) => language.startsWith('zh')))
    return languages.includes('zh') && existsSync(file) ? file : null;
  return existsSync(file) ? file : null;
}

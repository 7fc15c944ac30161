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
  return {
    latin: LATIN.find((path) => existsSync(path)) ?? ask('sans:bold', 'en'),
    chinese: CHINESE.find((path) => existsSync(path)) ?? ask('sans:bold:lang=zh-cn', 'zh-cn'),
  };
}

/** fontconfig always names some font: one without the language would draw empty boxes. */
function ask(pattern: string, language: string): string | null {
  const { status, stdout } = spawnSync('fc-match', ['-f', '%{file}\n%{lang}', pattern], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [file = '', languages = ''] = stdout.split('\n');
  return languages.split('|').includes(language) && existsSync(file) ? file : null;
}

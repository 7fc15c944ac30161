import { pinyin } from 'pinyin-pro';

/** What many people take, as it is after figures and signs at its end are taken away. */
const WORDS = new Set(
  `password passwd passw0rd p@ssw0rd pass admin administrator root user guest test demo master super manager
  qwerty qwertyuiop qwert qwe asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc abc abcd abcde abcdef
  abcdefg abcdefgh aaa welcome letmein login hello iloveyou monkey dragon sunshine princess football baseball
  superman batman michael jordan shadow freedom whatever trustno computer internet windows china school teacher
  student class english music changeme secret default wo woshi woaini woaiwo woaiwojia woainima aini ainiyo wobuaini
  nihao mima mimamima denglu guanliyuan laoshi jiaoshi xuesheng xuexiao xiaoxue zhongxue banji jiaoyu jiaoyuju
  yuwen shuxue yingyu zhongguo beijing shanghai guangzhou tianxia baobao baobei laopo laogong mama baba woaimama
  woaibaba kuaile xingfu pingan haha heihei qingqing tiantian xiaoxiao sange ketang sangeketang threeclassrooms`.split(
    /\s+/,
  ),
);
/** Rows of keys and figures that fingers walk along, both ways. */
const WALKS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '147258369',
  '741852963',
  '!@#$%^&*()',
];
const LUCKY =
  /^(\d{0,2})(5201314|1314520|520520|1314|168168|168888|666|888|123|321|112233|11223344|520)+(\d{0,2})$/;
const DATE = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/;

/** Who has the password: what belongs to them is the first thing somebody tries. */
export interface PasswordOwner {
  login: string | null;
  names: readonly string[];
}

/** Whether somebody who tries the usual passwords, or knows its owner, finds it at once. */
export function isCommon(password: string, { login, names }: PasswordOwner): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const bare = text.replace(/\s/g, '');
  if (new Set(bare).size <= 2 || isRepeated(bare) || isWalk(bare)) return true;
  if (LUCKY.test(bare) || DATE.test(bare)) return true;
  const word = bare.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const around = bare.length - word.length;
  if (around <= 6 && WORDS.has(word)) return true;
  return ownWords(login, names).some(
    (own) => own.length >= 2 && (bare === own || (around <= 6 && word === own) || restOf(bare, own) <= 4),
  );
}

const restOf = (text: string, own: string) =>
  own.length >= 4 && text.includes(own) ? text.length - own.length : Number.POSITIVE_INFINITY;

/** Login, names, and names as they are typed without an input method: whole and initials. */
function ownWords(login: string | null, names: readonly string[]): string[] {
  const spelled = names.flatMap((name) => {
    const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
    return [name, syllables.join(''), syllables.map((syllable) => syllable[0] ?? '').join('')];
  });
  return [login ?? '', ...spelled].map((word) => word.normalize('NFKC').toLowerCase().replace(/\s/g, ''));
}

/** `abcabcabc`, `12121212`. */
function isRepeated(text: string): boolean {
  for (let length = 1; length <= text.length / 2 && length <= 4; length += 1) {
    const part = text.slice(0, length);
    if (part.repeat(Math.ceil(text.length / length)).startsWith(text)) return true;
  }
  return false;
}

const isWalk = (text: string): boolean =>
  WALKS.some((walk) => walk.includes(text) || [...walk].reverse().join('').includes(text));

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_TERMS } from '#protocol/search.ts';
import { pinyinOf, pinyinTerms } from './pinyin-terms.ts';
import { searchTerms, termQuery } from './search-terms.ts';
import { textTerms } from './text-terms.ts';

const words = (question: string) => searchTerms(question).map(({ text }) => text);
const terms = (text: string) => {
  const into = new Set<string>();
  textTerms(text, into);
  return [...into];
};

test('a question is cut into words, and what stands alone goes to its neighbour', () => {
  expect(words('两位数乘法')).toEqual(['两位数', '乘法']);
  expect(words('乘法分配律')).toEqual(['乘法', '分配律']);
  expect(words('三年级数学上册')).toEqual(['三年级', '数学', '上册']);
  expect(words('分数的意义')).toEqual(['分数', '意义']);
  expect(words('乘')).toEqual(['乘']);
  expect(words('Unit 3 两位数cf')).toEqual(['unit', '3', '两位数', 'cf']);
});

test('nothing but stop words and signs asks for nothing; what is long is cut', () => {
  expect(words('的 了 the ,。!?')).toEqual([]);
  expect(words("' & | ! ( ) : * <-> \\")).toEqual([]);
  expect(words(Array.from({ length: 500 }, (_, n) => `词语${n}`).join(' '))).toHaveLength(MAX_TERMS);
});

test('a text has the pairs of its characters, in words and numbers as they stand', () => {
  expect(terms('两位数乘法')).toEqual(['两位', '位数', '数乘', '乘法']);
  expect(terms('Unit 3:ＡＢ课')).toEqual(['unit', '3', 'ab']);
});

test('pinyin by context, from every syllable on', () => {
  expect(pinyinOf('两位数乘法')).toEqual({ letters: 'liangweishuchengfa', initials: 'lwscf' });
  expect(pinyinOf('音乐')).toEqual({ letters: 'yinyue', initials: 'yy' });
  expect(pinyinOf('快乐')).toEqual({ letters: 'kuaile', initials: 'kl' });
  expect(pinyinOf('绿色')).toEqual({ letters: 'lvse', initials: 'ls' });
  const into = new Set<string>();
  pinyinTerms('数乘法', into);
  expect([...into]).toEqual(['~scf', '^shuchengfa', '~cf', '^chengfa', '^fa']);
});

test('whatever is asked, the query has no operator of the asker', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (question) => {
      for (const term of searchTerms(question)) {
        const bare = termQuery(term).replace(/'(?:[^'\\]|''|\\\\)*'/g, 'x');
        expect(bare).toMatch(/^(\(x(:\*)?( [&|] x(:\*)?)*\)|x)$/);
      }
    }),
  );
});

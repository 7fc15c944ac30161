import { expect, test } from '@jest/globals';
import { merged } from './merged.ts';

test('a topic whose words come in two parts has those of both', () => {
  const first = { today: { title: '今天的课', state: { live: '上课' } }, product: { name: '三个课堂' } };
  const rest = { today: { demo: '播放演示课', state: { over: '下课' } }, audit: { title: '操作记录' } };
  expect(merged(first, rest)).toEqual({
    today: { title: '今天的课', demo: '播放演示课', state: { live: '上课', over: '下课' } },
    product: { name: '三个课堂' },
    audit: { title: '操作记录' },
  });
});

import { expect, test } from '@jest/globals';
import { topicOf } from './topic-of.ts';

test.each([
  ['音乐', '音乐 三年级上册', '三年级上册'],
  ['英语', 'Unit 5 What would you like?', 'Unit 5 What would you like?'],
  ['音乐', '音乐', '音乐'],
])('%s %s', (subject, title, topic) => {
  expect(topicOf({ subject, title })).toBe(topic);
});

import { describe, expect, test } from '@jest/globals';
import type { Mark } from '#protocol/board-page.ts';
import { ClientError } from '../lesson/client-error.ts';
import { Outbox } from './outbox.ts';

const mark = (size: number): Mark => ({ kind: 'text', color: 'black', size, at: [0, 0], text: 'x' });

/** A line that answers when it is told to. */
class Line {
  readonly sent: { pageId: string; sizes: number[] }[] = [];
  readonly refused: string[] = [];
  #answer: PromiseWithResolvers<void> | null = null;
  readonly outbox = new Outbox({
    send: (pageId, marks) => {
      this.sent.push({ pageId, sizes: marks.map((each) => ('size' in each ? each.size : 0)) });
      this.#answer = Promise.withResolvers<void>();
      return this.#answer.promise;
    },
    refused: (code) => this.refused.push(code),
    changed: () => {},
  });
  async answer(error?: ClientError): Promise<void> {
    if (error) this.#answer?.reject(error);
    else this.#answer?.resolve();
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe('marks on their way', () => {
  test('go one request at a time, and what piled up goes together, page by page', async () => {
    const line = new Line();
    for (const [pageId, size] of [
      ['a', 10],
      ['a', 20],
      ['a', 30],
      ['b', 40],
    ] as const)
      line.outbox.put(pageId, mark(size));
    expect(line.outbox.on('a')).toHaveLength(3);
    await line.answer();
    await line.answer();
    await line.answer();
    expect(line.sent).toEqual([
      { pageId: 'a', sizes: [10] },
      { pageId: 'a', sizes: [20, 30] },
      { pageId: 'b', sizes: [40] },
    ]);
    expect(line.outbox.empty).toBe(true);
  });

  test('wait while the line is down, in their order', async () => {
    const line = new Line();
    line.outbox.put('a', mark(10));
    await line.answer(new ClientError('NETWORK'));
    line.outbox.put('a', mark(20));
    await line.answer();
    expect(line.sent.at(-1)).toEqual({ pageId: 'a', sizes: [10, 20] });
    expect([line.outbox.empty, line.refused]).toEqual([true, []]);
  });

  test('are given up when they are refused, and that is said', async () => {
    const line = new Line();
    line.outbox.put('a', mark(10));
    await line.answer(new ClientError('SWITCHED_OFF'));
    expect([line.outbox.empty, line.refused]).toEqual([true, ['SWITCHED_OFF']]);
  });
});

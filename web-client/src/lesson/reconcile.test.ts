import { expect, test } from '@jest/globals';
import { type HeldMedia, reconcile } from './reconcile.ts';

const feedId = (letter: string) => letter.repeat(22);
const held: HeldMedia = {
  transports: [
    { transportId: 'send1', usable: true },
    { transportId: 'recv1', usable: true },
  ],
  feeds: [
    { role: 'teacher', producerId: 'p1', transportId: 'send1' },
    { role: 'mic', producerId: 'p2', transportId: 'send1' },
  ],
  consumers: [{ consumerId: 'c1', transportId: 'recv1' }],
  wantedRoles: new Set(['teacher', 'mic'] as const),
};
const carried = {
  transports: [
    { transportId: 'send1', direction: 'send' as const },
    { transportId: 'recv1', direction: 'recv' as const },
  ],
  feeds: [
    { feedId: feedId('a'), producerId: 'p1', role: 'teacher' as const },
    { feedId: feedId('b'), producerId: 'p2', role: 'mic' as const },
  ],
  consumers: [{ consumerId: 'c1', feedId: feedId('x') }],
};
const nothing = {
  drop: { transports: [], feeds: [], consumers: [] },
  close: { transports: [], feeds: [], consumers: [] },
};

test('what both sides know is left alone', () => {
  expect(reconcile(held, carried)).toEqual(nothing);
});

test('when the SFU carries nothing, both transports are dropped and their contents not named again', () => {
  const plan = reconcile(held, { transports: [], feeds: [], consumers: [] });
  expect(plan).toEqual({ ...nothing, drop: { transports: ['send1', 'recv1'], feeds: [], consumers: [] } });
});

test('a page that holds nothing has everything of its seat closed, but for feeds it means to send', () => {
  const plan = reconcile(
    { transports: [], feeds: [], consumers: [], wantedRoles: new Set(['mic']) },
    carried,
  );
  expect(plan).toEqual({
    ...nothing,
    close: { transports: ['send1', 'recv1'], feeds: [feedId('a')], consumers: ['c1'] },
  });
});

test('a lost feed and a lost consumer of kept transports are made again; the rest flows on', () => {
  const plan = reconcile(held, { ...carried, feeds: carried.feeds.slice(1), consumers: [] });
  expect(plan).toEqual({ ...nothing, drop: { transports: [], feeds: ['teacher'], consumers: ['c1'] } });
});

test('a feed that was published again under another producer is dropped, and left there to be replaced', () => {
  const feeds = [{ ...carried.feeds[0]!, producerId: 'p9' }, carried.feeds[1]!];
  expect(reconcile(held, { ...carried, feeds })).toEqual({
    ...nothing,
    drop: { transports: [], feeds: ['teacher'], consumers: [] },
  });
});

test('a transport whose DTLS parameters may never have arrived is dropped here and closed there', () => {
  const transports = [held.transports[0]!, { transportId: 'recv1', usable: false }];
  const plan = reconcile({ ...held, transports }, carried);
  expect(plan.drop).toEqual({ transports: ['recv1'], feeds: [], consumers: [] });
  expect(plan.close.transports).toEqual(['recv1']);
});

test('a consumer that only the SFU knows is closed there', () => {
  const consumers = [...carried.consumers, { consumerId: 'c2', feedId: feedId('y') }];
  expect(reconcile(held, { ...carried, consumers })).toEqual({
    ...nothing,
    close: { transports: [], feeds: [], consumers: ['c2'] },
  });
});

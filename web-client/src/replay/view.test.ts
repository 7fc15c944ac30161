import { describe, expect, test } from '@jest/globals';
import { BOARD, holeAt, holesOf, pictureOf, rectsOf } from './view.ts';

const known = { trackIds: ['t', 's', 'r', 'q'], board: true, leaderId: 't' };
const shot = (layout: 'single' | 'pip' | 'side' | 'grid', board: boolean, ...feedIds: string[]) => ({
  layout,
  board,
  feedIds,
});

describe('what is on the screen', () => {
  test('is the shot of the cut, the board in its first place', () => {
    expect(pictureOf('cut', shot('pip', true, 't'), known)).toEqual({ layout: 'pip', sources: [BOARD, 't'] });
    expect(pictureOf('cut', shot('side', false, 't', 'r'), known)).toEqual({
      layout: 'side',
      sources: ['t', 'r'],
    });
  });

  test('is what is left of a shot whose feeds are hidden, and the leader when nothing is', () => {
    expect(pictureOf('cut', shot('pip', false, 'gone', 's'), known)).toEqual({
      layout: 'single',
      sources: ['s'],
    });
    expect(pictureOf('cut', shot('single', false, 'gone'), known).sources).toEqual(['t']);
    expect(pictureOf('cut', null, known).sources).toEqual(['t']);
    expect(pictureOf('cut', null, { ...known, leaderId: null }).sources).toEqual([]);
  });

  test('is what the viewer chose', () => {
    expect(pictureOf(['r'], shot('single', false, 't'), known)).toEqual({ layout: 'single', sources: ['r'] });
    expect(pictureOf(['r', BOARD], null, known)).toEqual({ layout: 'side', sources: ['r', BOARD] });
    expect(pictureOf(['r', 's', 't'], null, known)).toEqual({ layout: 'grid', sources: ['r', 's', 't'] });
    expect(pictureOf(['gone'], shot('single', false, 's'), known).sources).toEqual(['s']);
  });
});

test('pictures never lie over one another, and fill the stage at most', () => {
  const sources = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const narrow of [false, true])
    for (const layout of ['single', 'pip', 'side', 'grid'] as const)
      for (let count = layout === 'single' ? 1 : 2; count <= (layout === 'single' ? 1 : 6); count += 1) {
        const rects = rectsOf({ layout, sources: sources.slice(0, count) }, narrow);
        expect(rects).toHaveLength(count);
        for (const [index, a] of rects.entries()) {
          expect(a.x + a.width).toBeLessThanOrEqual(1.000001);
          expect(a.y + a.height).toBeLessThanOrEqual(1.000001);
          for (const b of rects.slice(index + 1)) {
            const apart =
              a.x + a.width <= b.x + 1e-6 ||
              b.x + b.width <= a.x + 1e-6 ||
              a.y + a.height <= b.y + 1e-6 ||
              b.y + b.height <= a.y + 1e-6;
            expect([layout, narrow, apart]).toEqual([layout, narrow, true]);
          }
        }
      }
});

describe('a hole in a track', () => {
  const track = {
    spans: [
      { fromMs: 5_000, toMs: 20_000 },
      { fromMs: 21_000, toMs: 40_000 },
      { fromMs: 60_000, toMs: 80_000 },
    ],
  };

  test('is told with its bounds; a short one is not', () => {
    expect(holeAt(track, 50_000, false)).toEqual({ fromMs: 40_000, toMs: 60_000 });
    expect(holeAt(track, 20_500, false)).toBeUndefined();
    expect(holeAt(track, 10_000, false)).toBeUndefined();
    expect(holesOf(track)).toEqual([{ fromMs: 40_000, toMs: 60_000 }]);
  });

  test('before its beginning and after its end there is no picture', () => {
    expect(holeAt(track, 1_000, false)).toBeNull();
    expect(holeAt(track, 90_000, false)).toBeNull();
    expect(holeAt(track, 81_000, false)).toBeUndefined();
    expect(holeAt(track, 90_000, true)).toBeUndefined();
    expect(holeAt({ spans: [] }, 0, false)).toBeNull();
  });
});

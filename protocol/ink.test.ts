import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type InkPoint, packInk, unpackInk } from './ink.ts';

const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.record({
  x: coordinate,
  y: coordinate,
  pressure: coordinate,
  t: fc.integer({ min: 0, max: 60_000 }),
});

describe('ink', () => {
  test('comes back as it was drawn, to a quarter of a pixel', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 60 }), (points: InkPoint[]) => {
        const back = unpackInk(packInk(points));
        expect(back).toHaveLength(points.length);
        for (const [index, { x, y, t }] of points.entries()) {
          expect(Math.abs(back[index]!.x - x)).toBeLessThan(1 / 8192);
          expect(Math.abs(back[index]!.y - y)).toBeLessThan(1 / 8192);
          expect(Math.abs(back[index]!.t - t)).toBeLessThanOrEqual(4);
        }
      }),
    );
  });

  test('keeps the pressure of a pen, and spends nothing on it for a mouse', () => {
    const stroke = (pressure: (index: number) => number) =>
      Array.from({ length: 20 }, (_, index) => ({
        x: 0.2 + index / 200,
        y: 0.3 + Math.sin(index) / 100,
        t: index * 16,
        pressure: pressure(index),
      }));
    const mouse = packInk(stroke(() => 0.5));
    expect(mouse.length).toBeLessThan(20 * 6);
    expect(unpackInk(mouse).every(({ pressure }) => pressure === 0.5)).toBe(true);
    const pen = unpackInk(packInk(stroke((index) => index / 20)));
    expect(pen[10]!.pressure).toBeCloseTo(0.5, 1);
    expect(pen[19]!.pressure).toBeCloseTo(0.95, 1);
  });

  test('that is junk is read without harm', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const ink of [text, btoa(String.fromCharCode(...new TextEncoder().encode(text)))])
          for (const { x, y } of unpackInk(ink)) expect(Math.abs(x) + Math.abs(y)).toBeLessThan(17);
      }),
    );
  });
});

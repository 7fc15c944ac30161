import { expect, test } from '@jest/globals';
import { brightnessOf, pictureFacts } from './picture.ts';

const SIZE = { width: 1280, height: 720 };

test('white is bright, black is not, green is brighter than blue', () => {
  const [white, black, green, blue] = brightnessOf(
    Uint8ClampedArray.of(255, 255, 255, 255, 0, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255),
  );
  expect(white).toBeCloseTo(255, 0);
  expect(black).toBe(0);
  expect(green!).toBeGreaterThan(blue!);
});

test('tells brightness, contrast and how many frames moved', () => {
  const frames = [Float32Array.of(0, 0), Float32Array.of(0, 0), Float32Array.of(50, 150)];
  expect(pictureFacts(frames, SIZE)).toEqual({
    ...SIZE,
    brightness: 100,
    contrast: 50,
    changed: 1,
    compared: 2,
  });
});

test('no frame at all is nothing seen', () => {
  expect(pictureFacts([], { width: 0, height: 0 })).toMatchObject({ compared: 0, brightness: 0 });
});

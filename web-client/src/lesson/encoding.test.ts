import { describe, expect, test } from '@jest/globals';
import type { types } from 'mediasoup-client';
import { FeedRole } from '#protocol/domain.ts';
import { chooseVideoCodec, encodingOf } from './encoding.ts';

const video = (
  mimeType: string,
  parameters: Record<string, number | string> = {},
): types.RtpCodecCapability => ({
  kind: 'video',
  mimeType,
  clockRate: 90_000,
  preferredPayloadType: 100,
  parameters,
});
const opus: types.RtpCodecCapability = {
  kind: 'audio',
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  preferredPayloadType: 111,
};

describe('the codec', () => {
  test('is H.264 with packetization mode 1, wherever it stands in the list', () => {
    const wanted = video('video/H264', { 'packetization-mode': 1, 'profile-level-id': '42e01f' });
    const codecs = [opus, video('video/VP8'), video('video/H264', { 'packetization-mode': 0 }), wanted];
    expect(chooseVideoCodec({ codecs })).toBe(wanted);
  });

  test('is VP8 where the browser lacks H.264, or has it only in mode 0', () => {
    const vp8 = video('video/VP8');
    expect(chooseVideoCodec({ codecs: [opus, video('video/VP9'), vp8] })).toBe(vp8);
    expect(chooseVideoCodec({ codecs: [video('video/H264'), vp8] })).toBe(vp8);
  });

  test('is left to the browser when it has neither', () => {
    expect(chooseVideoCodec({ codecs: [opus, video('video/AV1')] })).toBeUndefined();
    expect(chooseVideoCodec({})).toBeUndefined();
  });
});

describe('the encodings', () => {
  test('of a camera are three, each twice the size and more bits than the one before', () => {
    for (const role of ['teacher', 'pupils', 'studio'] as const) {
      const encodings = encodingOf(role).encodings!;
      expect(encodings.map((it) => it.scaleResolutionDownBy)).toEqual([4, 2, 1]);
      const bitrates = encodings.map((it) => it.maxBitrate!);
      expect(bitrates).toEqual([...bitrates].sort((a, b) => a - b));
    }
  });

  test('of a screen or board are one, sharp and slow', () => {
    for (const role of ['screen', 'board'] as const) {
      const { encodings, contentHint } = encodingOf(role);
      expect(encodings).toHaveLength(1);
      expect(encodings![0]!.maxFramerate).toBeLessThanOrEqual(10);
      expect(contentHint).toBe('detail');
    }
  });

  test('of a microphone carry repair data and never stop in a silence', () => {
    expect(encodingOf('mic').codecOptions).toMatchObject({
      opusFec: true,
      opusDtx: false,
      opusStereo: false,
    });
  });

  test('are a fresh copy each time, because mediasoup-client writes into them', () => {
    for (const role of FeedRole.options) {
      const [first, second] = [encodingOf(role).encodings, encodingOf(role).encodings];
      if (first) expect(first[0]).not.toBe(second![0]);
    }
  });
});

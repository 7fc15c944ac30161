import { u32 } from '#platform/mp4/box.ts';
import { makeParameterSets, type ParameterSets, withParameterSets } from '#platform/mp4/parameter-sets.ts';

/** A picture that can be shown where there is no media: one IDR in fMP4 form with its parameter sets. */
export interface Still {
  parameters: ParameterSets;
  data: Buffer;
}

const unit = (base64: string) => Buffer.from(base64, 'base64');

/**
 * Black, 320x180, constrained baseline, 195 bytes. Made once with
 * `ffmpeg -f lavfi -i color=black:s=320x180:r=30:d=0.03 -c:v libx264 -profile:v baseline -preset veryslow
 *  -x264-params scenecut=0:keyint=1 -bsf:v filter_units=remove_types=6 -f h264 -`
 * and cut at the start codes into SPS, PPS and IDR.
 */
const BLACK_SPS = unit('Z0LADdwUGfnwEQAAAwABAAADADwPFCuA');
const BLACK_PPS = unit('aM4PLIA=');
const BLACK_IDR = unit(
  'ZYiEBLyYoAA4oycnJycnJycnJycnJycnJycnJydddddddddddddddddddddddddddddddddddddddddddddddddddddddddd' +
    'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd' +
    'ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddeA',
);

const BLACK_PARAMETERS = makeParameterSets(BLACK_SPS, [BLACK_PPS]);

export const BLACK: Still = {
  parameters: BLACK_PARAMETERS,
  data: withParameterSets(BLACK_PARAMETERS, Buffer.concat([u32(BLACK_IDR.length), BLACK_IDR])),
};

/** 20 ms of silence (CELT, full band, mono): what libopus makes of zeros, as in `ffmpeg -f lavfi -i anullsrc=cl=mono -c:a libopus`. */
export const OPUS_SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
/** Its length in 48 kHz samples. */
export const OPUS_SILENCE_TICKS = 960;

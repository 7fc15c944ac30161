/** What a look at some frames of a camera gave. */
export interface PictureFacts {
  readonly width: number;
  readonly height: number;
  /** Mean brightness of the last frame, 0 black to 255 white. */
  readonly brightness: number;
  /** Standard deviation of brightness within the last frame: a lens cap or a wall has next to none. */
  readonly contrast: number;
  /** Frames that differed from the one before, of all that were compared. */
  readonly changed: number;
  readonly compared: number;
}

/** Brightness (ITU-R BT.601) of each pixel of an RGBA picture. */
export function brightnessOf(rgba: Uint8ClampedArray): Float32Array {
  const luma = new Float32Array(rgba.length / 4);
  for (let i = 0; i < luma.length; i += 1)
    luma[i] = 0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!;
  return luma;
}

/**
 * @param frames brightness of small copies of frames, some moments apart
 * @param size of the camera's own picture, pixels
 */
export function pictureFacts(
  frames: readonly Float32Array[],
  size: { width: number; height: number },
): PictureFacts {
  const last = frames.at(-1) ?? new Float32Array();
  const mean = last.reduce((sum, value) => sum + value, 0) / Math.max(1, last.length);
  const variance = last.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, last.length);
  let changed = 0;
  for (let i = 1; i < frames.length; i += 1)
    if (frames[i]!.some((value, at) => value !== frames[i - 1]![at])) changed += 1;
  return {
    ...size,
    brightness: mean,
    contrast: Math.sqrt(variance),
    changed,
    compared: Math.max(0, frames.length - 1),
  };
}

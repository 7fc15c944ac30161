/** ISO base media boxes (ISO/IEC 14496-12) as nested Buffers. */
export function box(type: string, ...content: Buffer[]): Buffer {
  let bytes = 8;
  for (const part of content) bytes += part.length;
  const head = Buffer.allocUnsafe(8);
  head.writeUInt32BE(bytes, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content], bytes);
}

export function fullBox(type: string, version: number, flags: number, ...content: Buffer[]): Buffer {
  return box(type, u32((version << 24) | flags), ...content);
}

export function u8(...values: number[]): Buffer {
  return Buffer.from(values);
}

export function u16(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value & 0xffff, index * 2);
  });
  return bytes;
}

export function u32(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value >>> 0, index * 4);
  });
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** The content of the first box at `path` (e.g. `['moof', 'traf', 'trun']`), undefined when there is none. */
export function findBox(file: Buffer, path: string[]): Buffer | undefined {
  let at = 0;
  while (at + 8 <= file.length) {
    const bytes = file.readUInt32BE(at);
    if (bytes < 8 || at + bytes > file.length) return undefined;
    if (file.toString('latin1', at + 4, at + 8) === path[0]) {
      const content = file.subarray(at + 8, at + bytes);
      return path.length === 1 ? content : findBox(content, path.slice(1));
    }
    at += bytes;
  }
  return undefined;
}

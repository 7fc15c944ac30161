import { deflateRawSync } from 'node:zlib';

const NO_TIME = Buffer.alloc(4);

/** A zip written by hand, so that its directory can say what it likes. */
export function handMadeZip(
  files: readonly {
    name: string;
    content: Buffer /** What the directory says instead of the truth. */;
    claims?: number;
  }[],
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = content.length } of files) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(0, 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(claims, 8);
    sizes.writeUInt16LE(title.length, 12);
    const head = Buffer.concat([words(0x04034b50, 20, 0, 8), NO_TIME, sizes, title]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([words(0x02014b50, 20, 20, 0, 8), NO_TIME, sizes, place, title]));
    parts.push(head, packed);
    offset += head.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

function words(signature: number, ...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 + values.length * 2);
  buffer.writeUInt32LE(signature, 0);
  for (const [index, value] of values.entries()) buffer.writeUInt16LE(value, 4 + index * 2);
  return buffer;
}

const NOTHING = Buffer.from('<x/>');
/** What makes a zip look like a set of slides. */
export const SLIDES = [
  { name: '[Content_Types].xml', content: NOTHING },
  { name: 'ppt/presentation.xml', content: NOTHING },
];

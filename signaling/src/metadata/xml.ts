import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { AppError } from '#protocol/errors.ts';

/*
 * XML as plain objects: an element is its children by name (an array when there are several), or its text; beside
 * children its attributes are `@name` and its text `#text`. The same objects are the JSON of each format.
 */
export type Tree = { [name: string]: Tree | Tree[] | string | string[] | undefined };

/** Metadata of one resource is a few kilobytes. */
export const MAX_XML_BYTES = 1_000_000;
const MAX_DEPTH = 40;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Read by ourselves below: five names and numbers, and nothing that a document could define.
  processEntities: false,
  trimValues: true,
});

/**
 * Reads XML from outside. Nothing in it can name anything outside, or grow: DTDs and entities are refused.
 * @throws AppError XML_UNSAFE, METADATA_UNREADABLE
 */
export function parseXml(data: Uint8Array | string): Tree {
  const text = typeof data === 'string' ? data : decode(data);
  if (text.length > MAX_XML_BYTES) throw unreadable('too large');
  // Comments and CDATA are the only `<!` there may be.
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw new AppError('XML_UNSAFE', 'DTDs and entities are refused');
  mustBeFlat(text);
  let tree: unknown;
  try {
    tree = parser.parse(text, true);
  } catch (error) {
    throw unreadable((error as Error).message, error);
  }
  if (typeof tree !== 'object' || tree === null) throw unreadable('no element');
  return withoutEntities(tree) as Tree;
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
  processEntities: true,
});

/** `declared: false` for a part of a larger document. */
export function buildXml(tree: Tree, { declared = true } = {}): string {
  const text = builder.build(clean(tree)) as string;
  return declared ? `<?xml version="1.0" encoding="UTF-8"?>\n${text}` : text;
}

/** The children of that name, however many. */
export function childrenOf(node: unknown, name: string): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const found = (node as Tree)[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** The first node on a path of names, as text; null when there is none or it is empty. */
export function textAt(node: unknown, ...path: string[]): string | null {
  let now: unknown = node;
  for (const name of path) [now] = childrenOf(now, name);
  if (typeof now === 'object' && now !== null) now = (now as Tree)['#text'] ?? childrenOf(now, 'string')[0];
  if (typeof now === 'object' && now !== null) now = (now as Tree)['#text'];
  return typeof now === 'string' && now !== '' ? now : null;
}

function decode(data: Uint8Array): string {
  if (data.length > MAX_XML_BYTES) throw unreadable('too large');
  try {
    // Another encoding could say `<!DOCTYPE` in bytes that look like something else.
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch (error) {
    throw unreadable('not UTF-8', error);
  }
}

function mustBeFlat(text: string): void {
  let depth = 0;
  for (const [tag] of text.matchAll(/<\/?[A-Za-z_][^>]*>/g)) {
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > MAX_DEPTH) throw unreadable('nested too deep');
  }
}

function withoutEntities(node: unknown): unknown {
  if (typeof node === 'string') return decodeEntities(node);
  if (Array.isArray(node)) return node.map(withoutEntities);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withoutEntities(value)]));
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&([^;&\s]{1,12});/g, (_, name: string) => {
    const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
    const code = number ? Number.parseInt(number[1] ?? number[2]!, number[1] ? 16 : 10) : -1;
    const said = number ? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined) : NAMED[name];
    if (said === undefined) throw new AppError('XML_UNSAFE', `entity ${name} is refused`);
    return said;
  });
}

/** XML 1.0 has no way to say these. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is there to remove them.
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function clean(node: unknown): unknown {
  if (typeof node === 'string') return node.toWellFormed().replace(UNSAYABLE, '');
  if (Array.isArray(node)) return node.map(clean);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, clean(value)]),
  );
}

const unreadable = (why: string, cause?: unknown) =>
  new AppError('METADATA_UNREADABLE', `not metadata: ${why}`, cause ? { cause } : undefined);

export interface Piece {
  text: string;
  found: boolean;
}

const quoted = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text in pieces: which of it are words that were looked for. */
export function piecesOf(text: string, words: readonly string[]): Piece[] {
  const wanted = words.filter((word) => word !== '').toSorted((a, b) => b.length - a.length);
  if (wanted.length === 0) return text === '' ? [] : [{ text, found: false }];
  const pattern = new RegExp(`(${wanted.map(quoted).join('|')})`, 'giu');
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, found: index % 2 === 1 }))
    .filter((piece) => piece.text !== '');
}

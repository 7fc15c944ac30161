import styles from './Library.module.css';
import { piecesOf } from './pieces.ts';

/** A text with the words that were looked for made out. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return (
    <bdi>
      {piecesOf(text, words).map((piece, index) =>
        piece.found ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and none moves.
          <mark key={index} className={styles.mark}>
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
}

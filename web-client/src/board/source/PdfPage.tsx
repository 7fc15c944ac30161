import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PageSource.module.css';

const library = () => import('./pdf-library.ts');

interface Props {
  url: string;
  page: number;
  /** In device pixels. */
  width: number;
  /** Painted ahead, because it is likely to be next. */
  next?: { url: string; page: number } | null;
}

/** A page of a PDF, as sharp as its place on the screen. */
export function PdfPage({ url, page, width, next = null }: Props) {
  const { t } = useTranslation();
  const ref = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const [nextUrl, nextPage] = [next?.url, next?.page];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another painting.
  useEffect(() => {
    let gone = false;
    setFailed(false);
    async function paint() {
      const { paintedPage } = await library();
      const picture = await paintedPage(url, page, width);
      const canvas = ref.current;
      if (gone || !canvas) return;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      canvas.dataset.painted = String(page);
      if (nextUrl && nextPage) await paintedPage(nextUrl, nextPage, width).catch(() => undefined);
    }
    paint().catch(() => !gone && setFailed(true));
    return () => {
      gone = true;
    };
  }, [url, page, width, nextUrl, nextPage, tries]);
  return (
    <>
      <canvas ref={ref} className={styles.source} data-testid="pdf-page" />
      {failed && (
        <button type="button" className={styles.failed} onClick={() => setTries(tries + 1)}>
          {t('board.pageFailed')}
        </button>
      )}
    </>
  );
}

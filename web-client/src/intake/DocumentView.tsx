import { Button } from 'antd';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfPage } from '../board/source/PdfPage.tsx';
import styles from './FilePage.module.css';

const library = () => import('../board/source/pdf-library.ts');

/** The pages of a document, one at a time. */
export function DocumentView({ pages }: { pages: string }) {
  const { t } = useTranslation();
  // The file is read whole at once; an address that is given anew later is not needed.
  const [url] = useState(pages);
  const [count, setCount] = useState(0);
  const [page, setPage] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(Math.round((box.current?.clientWidth ?? 0) * devicePixelRatio)), []);
  useEffect(() => {
    let gone = false;
    void library()
      .then(({ pageCount }) => pageCount(url))
      .then((all) => !gone && setCount(all))
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [url]);
  return (
    <div ref={box} className={styles.document}>
      {width > 0 && <PdfPage url={url} page={page} width={width} />}
      {count > 1 && (
        <nav className={styles.turn}>
          <Button disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t('intake.file.previous')}
          </Button>
          <span>{t('intake.file.pages', { page, count })}</span>
          <Button disabled={page >= count} onClick={() => setPage(page + 1)}>
            {t('intake.file.next')}
          </Button>
        </nav>
      )}
    </div>
  );
}

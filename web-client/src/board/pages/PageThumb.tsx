import { IconMovie } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { BoardPage } from '#protocol/board-page.ts';
import { coursewarePath } from '#protocol/courseware.ts';
import { measure } from '../../theme/tokens.ts';
import { InkLayer } from '../ink/ink-layer.ts';
import source from '../source/PageSource.module.css';
import { PdfPage } from '../source/PdfPage.tsx';
import styles from './PageList.module.css';

/** Ink on a small picture may come a little later. */
const INK_AFTER_MS = 300;

/** A page as a small picture. It is painted when it comes into sight: a file may have three hundred. */
export function PageThumb({ lessonId, page }: { lessonId: string; page: BoardPage }) {
  const box = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<InkLayer | null>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false), {
      rootMargin: '50%',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!seen || !canvas.current) return;
    layer.current = new InkLayer(canvas.current);
    return () => {
      layer.current = null;
    };
  }, [seen]);
  const { items, aspect } = page;
  useEffect(() => {
    if (!seen) return;
    const timer = setTimeout(() => {
      layer.current?.resize(measure.boardThumb, measure.boardThumb / aspect, devicePixelRatio);
      layer.current?.show(items);
    }, INK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [seen, items, aspect]);
  return (
    <span ref={box} className={styles.thumb} style={{ aspectRatio: aspect }}>
      {seen && <Under lessonId={lessonId} page={page} />}
      {seen && <canvas ref={canvas} className={source.source} />}
    </span>
  );
}

function Under({ lessonId, page: { source: under } }: { lessonId: string; page: BoardPage }) {
  if (under.kind === 'blank') return null;
  const url = coursewarePath(lessonId, under.documentId, under.file);
  if (under.kind === 'pdf')
    return <PdfPage url={url} page={under.page} width={measure.boardThumb * devicePixelRatio} />;
  if (under.kind === 'image') return <img className={source.source} src={url} alt="" loading="lazy" />;
  return (
    <span className={`${source.source} ${source.thumb}`}>
      <IconMovie size={measure.iconLarge} aria-hidden="true" />
    </span>
  );
}

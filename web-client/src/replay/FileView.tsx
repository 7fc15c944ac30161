import { IconArrowLeft, IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ResourceFiles } from '#protocol/intake.ts';
import type { Resource } from '#protocol/resource.ts';
import { PdfPage } from '../board/source/PdfPage.tsx';
import { usePageBox } from '../board/use-page-box.ts';
import { usePixelRatio } from '../board/use-pixel-ratio.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { unsigned } from './engine/fresh-address.ts';
import styles from './FileView.module.css';
import { useBack } from './use-back.ts';

interface Props {
  resource: Resource;
  files: ResourceFiles;
}

/** A document page by page, or a picture, as large as the window allows. */
export function FileView({ resource: { title, description }, files }: Props) {
  const { t } = useTranslation();
  const back = useBack();
  const icon = { size: measure.icon, 'aria-hidden': true } as const;
  return (
    <div className={styles.page} data-theme="stage">
      <header className={styles.top}>
        <Button onClick={back}>
          <IconArrowLeft {...icon} />
          {t('common.back')}
        </Button>
        <h1 className={styles.title} title={title}>
          {title}
        </h1>
        {files.source && (
          <a className={styles.load} href={files.source.path} download={title}>
            <IconDownload {...icon} />
            {t('replay.file.download')}
          </a>
        )}
      </header>
      {files.pages ? (
        <Pages address={files.pages} />
      ) : files.image ? (
        <img className={styles.image} src={files.image} alt={title} data-testid="resource-image" />
      ) : (
        <p className={styles.none}>{t('replay.file.noPreview')}</p>
      )}
      {description && <p className={styles.description}>{description}</p>}
    </div>
  );
}

function Pages({ address }: { address: string }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [search] = useSearchParams();
  // A search leads to the page that it found.
  const [page, setPage] = useState(() => Math.max(1, Math.floor(Number(search.get('page'))) || 1));
  const pixelRatio = usePixelRatio();
  // The address is signed anew now and then; what was read stays read.
  const [first] = useState(address);
  const facts = useQuery({
    queryKey: ['pdf', unsigned(first)],
    queryFn: async () => (await import('../board/source/pdf-library.ts')).factsOf(first),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const box = usePageBox(place, facts.data?.aspect ?? 1);
  const count = facts.data?.pages ?? 1;
  const turn = (by: number) => setPage((at) => Math.max(1, Math.min(count, at + by)));
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      const by = ['ArrowRight', 'PageDown', ' '].includes(key)
        ? 1
        : ['ArrowLeft', 'PageUp'].includes(key)
          ? -1
          : 0;
      if (by !== 0) setPage((at) => Math.max(1, Math.min(count, at + by)));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [count]);
  const icon = { size: measure.icon, 'aria-hidden': true } as const;
  return (
    <>
      <div ref={place} className={styles.place}>
        {box && facts.data && (
          <div className={styles.sheet} style={{ width: box.width, height: box.height }}>
            <PdfPage
              url={first}
              page={page}
              width={Math.round(box.width * pixelRatio)}
              next={page < count ? { url: first, page: page + 1 } : null}
            />
          </div>
        )}
        {facts.isPending && <p className={styles.none}>{t('common.loading')}</p>}
        {facts.isError && <Button onClick={() => void facts.refetch()}>{t('board.pageFailed')}</Button>}
      </div>
      <nav className={styles.turn} aria-label={t('board.pages')}>
        <Button disabled={page <= 1} onClick={() => turn(-1)}>
          <IconChevronLeft {...icon} />
          {t('replay.file.before')}
        </Button>
        <span aria-live="polite" data-testid="resource-page">
          {t('replay.position', { at: page, total: count })}
        </span>
        <Button disabled={page >= count} onClick={() => turn(1)}>
          {t('replay.file.after')}
          <IconChevronRight {...icon} />
        </Button>
      </nav>
    </>
  );
}

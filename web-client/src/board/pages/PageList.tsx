import {
  type Icon,
  IconArrowDown,
  IconArrowUp,
  IconFilePlus,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../../steering/use-act.ts';
import { measure } from '../../theme/tokens.ts';
import { join } from '../../ui/class-names.ts';
import type { UploadInProgress } from '../files/use-uploads.ts';
import { Incoming } from './Incoming.tsx';
import styles from './PageList.module.css';
import { PageThumb } from './PageThumb.tsx';

/** What the platform looks into; it decides by content, this only helps to choose. */
const ACCEPT = '.pdf,.pptx,.png,.jpg,.jpeg,.webp,.mp4,.webm';

interface Props {
  live: LiveState;
  act: Act;
  uploads: readonly UploadInProgress[];
  onFiles: (files: Iterable<File>) => void;
}

/** The teacher's pages: turn, add, put in order, take away and back; and what is on its way to become one. */
export function PageList({ live, act, uploads, onFiles }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { pages, pageId, removed } = live.board;
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page that is shown is brought into sight.
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pageId]);
  const lastRemoved = removed.at(-1)?.page;
  const onlyBlank = pages.every(({ source }) => source.kind === 'blank');
  return (
    <nav className={styles.column} aria-label={t('board.pages')} data-testid="board-pages">
      <div className={styles.actions}>
        <Button
          icon={IconUpload}
          word={t('board.upload')}
          testId="board-upload"
          onClick={() => input.current?.click()}
        />
        <Button
          icon={IconFilePlus}
          word={t('board.addPage')}
          testId="board-add-page"
          onClick={() => void act('board.addPage', {})}
        />
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          multiple
          hidden
          data-testid="board-file"
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <Incoming live={live} act={act} uploads={uploads} />
      {lastRemoved && (
        <button
          type="button"
          className={styles.restore}
          data-testid="board-restore"
          onClick={() => void act('board.restorePage', { pageId: lastRemoved.pageId })}
        >
          {t('board.restore')}
        </button>
      )}
      {onlyBlank && uploads.length === 0 && <p className={styles.hint}>{t('board.uploadHint')}</p>}
      <ol className={styles.list}>
        {pages.map((page, index) => {
          const shown = page.pageId === pageId;
          return (
            <li
              key={page.pageId}
              ref={shown ? current : null}
              className={join(styles.item, shown && styles.shown)}
            >
              <button
                type="button"
                className={styles.page}
                aria-current={shown ? 'page' : undefined}
                aria-label={t('board.pageNumber', { number: index + 1 })}
                data-testid={`board-thumb-${index + 1}`}
                onClick={() => void act('board.turn', { pageId: page.pageId })}
              >
                <PageThumb lessonId={live.lessonId} page={page} />
                <span className={styles.number}>{index + 1}</span>
              </button>
              {shown && (
                <div className={styles.edit}>
                  <Button
                    icon={IconArrowUp}
                    word={t('board.pageUp')}
                    disabled={index === 0}
                    onClick={() => void act('board.movePage', { pageId: page.pageId, index: index - 1 })}
                  />
                  <Button
                    icon={IconArrowDown}
                    word={t('board.pageDown')}
                    disabled={index === pages.length - 1}
                    onClick={() => void act('board.movePage', { pageId: page.pageId, index: index + 1 })}
                  />
                  <Button
                    icon={IconTrash}
                    word={t('board.removePage')}
                    testId="board-remove-page"
                    onClick={() => void act('board.removePage', { pageId: page.pageId })}
                  />
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface ButtonProps {
  icon: Icon;
  word: string;
  disabled?: boolean;
  testId?: string;
  onClick: () => void;
}

function Button({ icon: Glyph, word, disabled, testId, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      disabled={disabled}
      data-testid={testId}
      onClick={onClick}
    >
      <Glyph size={measure.icon} stroke={1.75} aria-hidden="true" />
      <span>{word}</span>
    </button>
  );
}

import {
  IconArrowsExchange,
  IconColumns2,
  IconLayoutGrid,
  IconPictureInPicture,
  IconRoute,
  IconSquare,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PLACES, placesOf, type TakenShot } from '#protocol/directing.ts';
import type { Layout } from '#protocol/programme.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import { join } from '../ui/class-names.ts';
import { laidOut, type Source, swapped } from './arrange.ts';
import styles from './LayoutBar.module.css';

const ICONS = {
  single: IconSquare,
  pip: IconPictureInPicture,
  side: IconColumns2,
  grid: IconLayoutGrid,
} as const;
const LAYOUTS = Object.keys(ICONS) as Layout[];

interface Props {
  shot: TakenShot;
  directed: boolean;
  candidates: readonly Source[];
  onTake: (shot: TakenShot) => void;
  onRelease: () => void;
}

/** How the pictures are laid out, and back to the lesson's own cut. */
export function LayoutBar({ shot, directed, candidates, onTake, onRelease }: Props) {
  const { t } = useTranslation();
  const grid = directed && shot.layout === 'grid';
  const [least, most] = PLACES.grid;
  const sizes = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('desk.layouts')}>
      <BarButton
        icon={IconRoute}
        word={t('desk.auto')}
        look={directed ? 'plain' : 'on'}
        aria-pressed={!directed}
        title={t('desk.autoHint')}
        data-testid="shot-auto"
        onClick={onRelease}
      />
      {LAYOUTS.map((layout) => {
        const next = laidOut(layout, shot, candidates);
        const on = directed && shot.layout === layout;
        return (
          <BarButton
            key={layout}
            icon={ICONS[layout]}
            word={t(`desk.layout.${layout}`)}
            look={on ? 'on' : 'plain'}
            aria-pressed={on}
            disabled={next === null}
            data-testid={`layout-${layout}`}
            onClick={() => next && onTake(next)}
          />
        );
      })}
      {directed && (shot.layout === 'pip' || shot.layout === 'side') && !shot.board && (
        <BarButton icon={IconArrowsExchange} word={t('desk.swap')} onClick={() => onTake(swapped(shot))} />
      )}
      {grid && (
        <div className={styles.sizes}>
          {sizes.map((size) => {
            const next = candidates.length >= size ? laidOut('grid', shot, candidates, size) : null;
            return (
              <button
                key={size}
                type="button"
                className={join(styles.size, placesOf(shot) === size && styles.on)}
                aria-pressed={placesOf(shot) === size}
                aria-label={t('desk.gridOf', { count: size })}
                disabled={next === null}
                onClick={() => next && onTake(next)}
              >
                {size}
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}

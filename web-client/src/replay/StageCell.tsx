import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span } from '#protocol/rest.ts';
import { join } from '../ui/class-names.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './ReplayStage.module.css';
import type { Rect } from './view.ts';

interface Props {
  /** Null while it is not on the screen. */
  rect: Rect | null;
  /** Its number among the pictures. */
  place: number;
  name: string | null;
  /** Why there is no picture; null: it has not begun or is over; undefined: there is one. */
  hole: Span | null | undefined;
  /** Wall time of the recording's beginning, ms. */
  epochMs: number;
  children: ReactNode;
}

/** One picture's place on the stage. It moves and never loads anew. */
export function StageCell({ rect, place, name, hole, epochMs, children }: Props) {
  const { t } = useTranslation();
  const style = rect && {
    left: `${rect.x * 100}%`,
    top: `${rect.y * 100}%`,
    width: `${rect.width * 100}%`,
    height: `${rect.height * 100}%`,
  };
  return (
    <figure
      className={join(styles.cell, !rect && styles.hidden)}
      style={style ?? undefined}
      data-place={rect ? place : undefined}
      aria-hidden={rect ? undefined : true}
    >
      {children}
      {rect && hole !== undefined && (
        <div className={styles.gapCard} data-testid="gap-card" role="status">
          {hole ? <GapWords hole={hole} epochMs={epochMs} /> : t('replay.noPicture')}
        </div>
      )}
      {rect && name !== null && <figcaption className={styles.name}>{name}</figcaption>}
    </figure>
  );
}

function GapWords({ hole, epochMs }: { hole: Span; epochMs: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const seconds = hole.toMs - hole.fromMs < 120_000;
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: schoolTimeZone(),
    ...(seconds && { second: '2-digit' }),
  });
  const from = clock.format(epochMs + hole.fromMs);
  return (
    <>
      <strong>{t('replay.gap', { from, to: clock.format(epochMs + hole.toMs) })}</strong>
      <span>{t('replay.gapHint')}</span>
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { QualitySample } from '#protocol/quality.ts';
import styles from './RoomFacts.module.css';
import { rateWords } from './rate-words.ts';

/** What a room really sees and hears now, the numbers of its line, and what to do when something is wrong. */
export function RoomFacts({ sample }: { sample: QualitySample }) {
  const { t } = useTranslation();
  const { cause, hears, upKbps, downKbps, lossPercent, rttMs } = sample;
  const known = (value: number | null, words: (value: number) => string) =>
    value === null ? t('check.room.notKnown') : words(value);
  return (
    <>
      {cause && (
        <p className={styles.cause}>
          {t(`check.cause.${cause}`)} <code className={styles.code}>({cause})</code>
        </p>
      )}
      <dl className={styles.facts}>
        <dt>{t('check.room.sees')}</dt>
        <dd>{useSeen(sample)}</dd>
        <dt>{t('check.room.hears')}</dt>
        <dd>{t(hears ? 'check.room.hearsYes' : 'check.room.hearsNo')}</dd>
        <dt>{t('check.room.up')}</dt>
        <dd>{known(upKbps, (value) => rateWords(t, value))}</dd>
        <dt>{t('check.room.down')}</dt>
        <dd>{known(downKbps, (value) => rateWords(t, value))}</dd>
        <dt>{t('check.room.loss')}</dt>
        <dd>{known(lossPercent, (value) => t('check.room.percent', { value: value.toFixed(1) }))}</dd>
        <dt>{t('check.room.rtt')}</dt>
        <dd>{known(rttMs, (value) => t('check.room.ms', { value }))}</dd>
      </dl>
    </>
  );
}

function useSeen({ framesPerSecond, width, height }: QualitySample): string {
  const { t } = useTranslation();
  if (framesPerSecond === null) return t('check.room.seesNothing');
  if (framesPerSecond === 0) return t('check.room.seesFrozen');
  return t('check.room.seesSize', { width: width ?? 0, height: height ?? 0, fps: framesPerSecond });
}

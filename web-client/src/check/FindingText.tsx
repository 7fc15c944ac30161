import { useTranslation } from 'react-i18next';
import styles from './CheckPage.module.css';
import type { Finding } from './findings.ts';
import { rateWords } from './rate-words.ts';

/** What a finding means and what to do, its numbers, and its code as small print. */
export function FindingText({ finding: { result, detail } }: { finding: Finding }) {
  const { t } = useTranslation();
  const { item, code } = result;
  const { width = 0, height = 0 } = detail;
  const facts = useFacts({ result, detail });
  if (code === 'OK')
    return (
      <p className={styles.sentence}>
        {t(`check.fine.${item}`, { width, height })}
        {facts && <span className={styles.facts}>{facts}</span>}
      </p>
    );
  return (
    <p className={styles.sentence}>
      {t(`check.code.${code}`)}
      {facts && <span className={styles.facts}>{facts}</span>}
      <code className={styles.code}>({code})</code>
    </p>
  );
}

function useFacts({ result: { item }, detail }: Finding): string | null {
  const { t } = useTranslation();
  const { delayMs, gainDb, upKbps, downKbps, lossPercent, rttMs } = detail;
  if (item === 'loop' && delayMs !== undefined && gainDb !== undefined)
    return t('check.facts.loop', { delay: delayMs, gain: gainDb });
  if (item === 'rate' && upKbps !== undefined && downKbps !== undefined)
    return t('check.facts.line', {
      up: rateWords(t, upKbps),
      down: rateWords(t, downKbps),
      loss: (lossPercent ?? 0).toFixed(1),
      rtt: rttMs ?? 0,
    });
  return null;
}

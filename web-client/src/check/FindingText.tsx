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
  return (
    <p className={styles.sentence}>
      {code === 'OK' ? t(`check.fine.${item}`, { width, height }) : t(`check.code.${code}`)}
      <span className={styles.small}>
        {facts} {code !== 'OK' && <code className={styles.code}>({code})</code>}
      </span>
    </p>
  );
}

function useFacts({ result, detail }: Finding): string | null {
  const { t } = useTranslation();
  const { item } = result;
  const { delayMs, gainDb, upKbps, downKbps, lossPercent, rttMs } = detail;
  if (item === 'loop' && delayMs !== undefined && gainDb !== undefined)
    return t('check.facts.loop', { delay: delayMs, gain: gainDb });
  if (item === 'rate' && upKbps !== undefined && downKbps !== undefined)
    return t(result.code === 'OK' ? 'check.facts.atLeast' : 'check.facts.line', {
      up: rateWords(t, upKbps),
      down: rateWords(t, downKbps),
      loss: (lossPercent ?? 0).toFixed(1),
      rtt: rttMs ?? 0,
    });
  return null;
}

import { useTranslation } from 'react-i18next';
import { join } from '../ui/class-names.ts';
import styles from './CheckMarks.module.css';
import type { CheckSnapshot } from './check-run.ts';
import { GROUPS } from './findings.ts';
import { LightMark } from './LightMark.tsx';
import { ofGroup, worstOf } from './overall.ts';

/** The check of a room in one line, and the one sentence that most needs a hand. */
export function CheckMarks({ snapshot, stage = false }: { snapshot: CheckSnapshot; stage?: boolean }) {
  const { t } = useTranslation();
  const { running, findings } = snapshot;
  const worst = worstOf([...findings.values()].filter(({ result }) => result.light !== 'green'));
  return (
    <div className={join(styles.check, stage && styles.stage)} data-testid="check-marks">
      <ul className={styles.marks} aria-label={t('check.roomTitle')}>
        {GROUPS.map((group) => {
          const found = worstOf(ofGroup(findings, group));
          const light = running?.group === group ? 'busy' : (found?.result.light ?? 'off');
          return (
            <li key={group} data-testid={`mark-${group}`} data-light={light} data-code={found?.result.code}>
              <LightMark light={light} word={t(`check.group.${group}`)} />
            </li>
          );
        })}
      </ul>
      <p className={styles.sentence} role="status">
        {running && t(`check.runningQuietly.${running.group}`)}
        {!running && worst && worst.result.code !== 'OK' && t(`check.code.${worst.result.code}`)}
        {!running && !worst && findings.size > 0 && t('check.overall.green')}
      </p>
    </div>
  );
}

import { IconMicrophone, IconNetwork, IconVideo, IconVolume } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import styles from './CheckPage.module.css';
import type { CheckSnapshot } from './check-run.ts';
import { FindingText } from './FindingText.tsx';
import type { CheckGroup } from './findings.ts';
import { LightMark } from './LightMark.tsx';
import { ofGroup, worstOf } from './overall.ts';

const ICONS = { camera: IconVideo, mic: IconMicrophone, loop: IconVolume, network: IconNetwork } as const;

interface Props {
  group: CheckGroup;
  snapshot: CheckSnapshot;
  onAgain: () => void;
}

/** One thing that is checked: its light, what it means, and checking it again. */
export function GroupRow({ group, snapshot, onAgain }: Props) {
  const { t } = useTranslation();
  const { running, waiting, findings } = snapshot;
  const Icon = ICONS[group];
  const found = ofGroup(findings, group);
  const worst = worstOf(found);
  const busy = running?.group === group;
  const next = waiting.includes(group);
  return (
    <li
      className={styles.row}
      data-testid={`check-${group}`}
      data-light={worst?.result.light}
      data-code={worst?.result.code}
    >
      <Icon className={styles.rowIcon} size={measure.iconLarge} stroke={1.75} aria-hidden="true" />
      <div className={styles.rowBody}>
        <div className={styles.rowHead}>
          <h2 className={styles.rowTitle}>{t(`check.group.${group}`)}</h2>
          {busy || next ? (
            <LightMark
              light={busy ? 'busy' : 'off'}
              word={busy ? t('check.overall.running') : t('check.waiting')}
            />
          ) : (
            <LightMark
              light={worst?.result.light ?? 'off'}
              word={worst ? t(`check.light.${worst.result.light}`) : t('check.none')}
            />
          )}
        </div>
        {busy && (
          <>
            <p className={styles.sentence} role="status">
              {t(`check.running.${group}`)}
            </p>
            <progress className={styles.progress} max={1} value={running.progress} />
          </>
        )}
        {!busy && group !== 'network' && found.map((it) => <FindingText key={it.result.item} finding={it} />)}
        {!busy && group === 'network' && found.length > 0 && (
          <ul className={styles.lines}>
            {found.map((it) => (
              <li
                key={it.result.item}
                className={styles.line}
                data-testid={`check-item-${it.result.item}`}
                data-light={it.result.light}
                data-code={it.result.code}
              >
                <LightMark
                  light={it.result.light}
                  word={t(`check.item.${it.result.item}`)}
                  className={styles.lineMark}
                />
                <FindingText finding={it} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <Button
        className={styles.again}
        disabled={running !== null}
        data-testid={`check-again-${group}`}
        aria-label={`${t('check.againOne')} ${t(`check.group.${group}`)}`}
        onClick={onAgain}
      >
        {t('check.againOne')}
      </Button>
    </li>
  );
}

import { useTranslation } from 'react-i18next';
import type { CheckResult } from '#protocol/quality.ts';
import { clockTime } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { LightMark } from './LightMark.tsx';
import styles from './RoomFacts.module.css';

/** What a room found when it last checked itself before the bell; what is fine takes one line. */
export function CheckSummary({ check }: { check: { at: number; items: readonly CheckResult[] } | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!check)
    return (
      <p className={styles.summary}>
        {t('check.room.check')} · {t('check.room.notChecked')}
      </p>
    );
  const wrong = check.items.filter(({ light }) => light !== 'green');
  return (
    <section className={styles.summary} data-testid="check-summary">
      <h4 className={styles.label}>{t('check.room.checkAt', { time: clockTime(check.at, language) })}</h4>
      {wrong.length === 0 && <LightMark light="green" word={t('check.room.checkFine')} />}
      <ul className={styles.items}>
        {wrong.map(({ item, light, code }) => (
          <li key={item}>
            <LightMark light={light} word={t(`check.item.${item}`)} />
            {code !== 'OK' && (
              <p className={styles.advice}>
                {t(`check.code.${code}`)} <code className={styles.code}>({code})</code>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

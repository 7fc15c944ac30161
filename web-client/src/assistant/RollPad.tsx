import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { RollLine } from '../steering/RollTable.tsx';
import type { Act } from '../steering/use-act.ts';
import styles from './AssistantPage.module.css';

interface Props {
  live: LiveState;
  roomId: string;
  names: readonly string[];
  act: Act;
}

/** Roll call: who of the class list is absent, or, without a list, how many are here. */
export function RollPad({ live, roomId, names, act }: Props) {
  const { t } = useTranslation();
  const roll = live.steering.rolls.get(roomId);
  const [open, setOpen] = useState(false);
  const [absent, setAbsent] = useState<readonly string[]>([]);
  const [present, setPresent] = useState(0);
  const begin = () => {
    setAbsent(roll?.absent ?? []);
    setPresent(roll?.present ?? 0);
    setOpen(true);
  };
  const listed = names.length > 0;
  const save = async () => {
    const taken = listed
      ? { present: names.length - absent.length, expected: names.length, absent: [...absent] }
      : { present, expected: null, absent: [] };
    if (await act('roll.take', { participantId: roomId, ...taken })) setOpen(false);
  };
  const mark = (name: string) =>
    setAbsent(absent.includes(name) ? absent.filter((known) => known !== name) : [...absent, name]);
  return (
    <section className={styles.card} aria-label={t('steering.roll')}>
      <h2 className={styles.title}>
        {t('steering.roll')}{' '}
        <small className={styles.quiet}>
          <RollLine roll={roll} />
        </small>
      </h2>
      {!open && (
        <button type="button" className={styles.wide} data-testid="roll-take" onClick={begin}>
          {t('steering.rollTake')}
        </button>
      )}
      {open && listed && (
        <>
          <p className={styles.quiet}>{t('steering.rollTitle')}</p>
          <div className={styles.chips}>
            {names.map((name) => (
              <button
                key={name}
                type="button"
                className={styles.absentChip}
                aria-pressed={absent.includes(name)}
                onClick={() => mark(name)}
              >
                {name}
              </button>
            ))}
          </div>
        </>
      )}
      {open && !listed && (
        <label className={styles.other}>
          {t('steering.rollCount')}
          <input
            className={styles.input}
            type="number"
            min={0}
            max={200}
            inputMode="numeric"
            value={present}
            onChange={(event) =>
              setPresent(Math.max(0, Math.min(200, Math.trunc(Number(event.target.value)))))
            }
          />
        </label>
      )}
      {open && (
        <button type="button" className={styles.primary} data-testid="roll-save" onClick={() => void save()}>
          {t('steering.rollSave')}
        </button>
      )}
    </section>
  );
}

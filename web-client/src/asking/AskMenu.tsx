import {
  IconAbc,
  IconCamera,
  IconCheckbox,
  IconHandStop,
  IconLetterCase,
  IconMinus,
  IconNumber123,
  IconPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_OPTIONS, MIN_OPTIONS, type Question } from '#protocol/asking.ts';
import type { Act } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import styles from './Asking.module.css';
import { letters } from './use-answer-word.ts';

const KINDS = [
  { key: 'choice', icon: IconAbc },
  { key: 'trueFalse', icon: IconCheckbox },
  { key: 'number', icon: IconNumber123 },
  { key: 'shortText', icon: IconLetterCase },
  { key: 'photo', icon: IconCamera },
  { key: 'hands', icon: IconHandStop },
] as const;
type MenuKind = (typeof KINDS)[number]['key'];

const USUAL_OPTIONS = 4;

/** One touch poses a question; what it asks the teacher may write, or say aloud. */
export function AskMenu({ act }: { act: Act }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [count, setCount] = useState(USUAL_OPTIONS);
  const [by, setBy] = useState<'room' | 'child'>('room');
  const pose = async (kind: MenuKind) => {
    if (await act('question.pose', { question: questionOf(kind, { text, count, by }), right: null }))
      setText('');
  };
  return (
    <section className={styles.menu}>
      <label className={styles.field}>
        <span className={styles.label}>{t('asking.text')}</span>
        <textarea
          className={styles.input}
          rows={2}
          maxLength={300}
          placeholder={t('asking.textHint')}
          value={text}
          data-testid="ask-text"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <div className={styles.split}>
        <fieldset className={styles.segments}>
          <legend className={styles.label}>{t('asking.byTitle')}</legend>
          {(['room', 'child'] as const).map((who) => (
            <button
              key={who}
              type="button"
              className={styles.segment}
              aria-pressed={by === who}
              data-testid={`ask-by-${who}`}
              onClick={() => setBy(who)}
            >
              {t(`asking.by.${who}`)}
            </button>
          ))}
        </fieldset>
        <fieldset className={styles.stepper}>
          <legend className={styles.label}>{t('asking.options')}</legend>
          <button
            type="button"
            aria-label={t('asking.fewer')}
            disabled={count <= MIN_OPTIONS}
            onClick={() => setCount(count - 1)}
          >
            <IconMinus size={measure.icon} aria-hidden="true" />
          </button>
          <output>{count}</output>
          <button
            type="button"
            aria-label={t('asking.more')}
            disabled={count >= MAX_OPTIONS}
            onClick={() => setCount(count + 1)}
          >
            <IconPlus size={measure.icon} aria-hidden="true" />
          </button>
        </fieldset>
      </div>
      <p className={styles.label}>{t('asking.begin')}</p>
      <div className={styles.kinds}>
        {KINDS.map(({ key, icon: Icon }) => (
          <button
            key={key}
            type="button"
            className={styles.kind}
            data-testid={`ask-${key}`}
            onClick={() => void pose(key)}
          >
            <Icon size={measure.iconLarge} stroke={1.75} aria-hidden="true" />
            <span className={styles.kindWord}>
              <strong>{t(`asking.kind.${key}`)}</strong>
              <small>{t(`asking.kindHint.${key}`, { letters: letters(count) })}</small>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

function questionOf(
  kind: MenuKind,
  { text, count, by }: { text: string; count: number; by: 'room' | 'child' },
): Question {
  const options = Array.from({ length: count }, () => '');
  switch (kind) {
    case 'choice':
      return { kind, text, options, several: false, by };
    case 'hands':
      return { kind: 'choice', text, options, several: false, by: 'hands' };
    default:
      return { kind, text, by };
  }
}

import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cue, MAX_CUE_TEXT } from '#protocol/caption.ts';
import { fitText } from '#protocol/caption-file.ts';
import { Button } from '../../ui/Button.tsx';
import { changeCue, type Edited, mergeCues, removeCue, splitCue } from './cue-edit.ts';
import styles from './Editor.module.css';
import { TimeField } from './TimeField.tsx';
import type { EditorPlayer } from './use-editor-player.ts';

interface Props {
  cues: readonly Cue[];
  at: number;
  player: EditorPlayer;
  text: RefObject<HTMLTextAreaElement | null>;
  onEdit: (edited: Edited | null, typing?: string) => void;
}

/** The cue that is worked on: what is said, by whom, from when to when. */
export function CueCard({ cues, at, player, text, onEdit }: Props) {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState(0);
  const cue = cues[at];
  if (!cue) return null;
  const { timeMs, playing } = player.snapshot;
  const change = (to: Partial<Cue>, typing?: string) => onEdit(changeCue(cues, at, to), typing);
  const split = splitCue(cues, at, cursor, timeMs);
  const merged = mergeCues(cues, at);
  return (
    <section
      className={styles.card}
      aria-label={t('captions.editor.cue', { number: at + 1 })}
      data-testid="cue-card"
    >
      <div className={styles.head}>
        <span className={styles.number}>{t('captions.editor.cue', { number: at + 1 })}</span>
        <label className={styles.label}>
          {t('captions.editor.speaker')}
          <input
            className={styles.speaker}
            maxLength={40}
            placeholder={t('captions.editor.speakerHint')}
            value={cue.speaker ?? ''}
            onChange={({ target }) => change({ speaker: target.value || null }, `speaker ${cue.startMs}`)}
          />
        </label>
      </div>
      <textarea
        ref={text}
        className={styles.text}
        rows={2}
        maxLength={MAX_CUE_TEXT}
        aria-label={t('captions.editor.text')}
        placeholder={t('captions.editor.textHint')}
        data-testid="cue-text"
        value={cue.text}
        onChange={({ target }) => {
          // Nobody can listen on while writing down what was just said.
          if (playing) player.toggle();
          change({ text: target.value }, `text ${cue.startMs}`);
          setCursor(target.selectionStart);
        }}
        onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart)}
        onBlur={() => {
          const fitted = fitText(cue.text).text;
          if (fitted !== cue.text && fitted !== '') change({ text: fitted }, `text ${cue.startMs}`);
        }}
      />
      <div className={styles.fields}>
        <TimeField
          label={t('captions.editor.start')}
          ms={cue.startMs}
          testId="cue-start"
          onChange={(startMs) => change({ startMs })}
          onNow={() => change({ startMs: timeMs })}
        />
        <TimeField
          label={t('captions.editor.end')}
          ms={cue.endMs}
          testId="cue-end"
          onChange={(endMs) => change({ endMs })}
          onNow={() => change({ endMs: timeMs })}
        />
      </div>
      <div className={styles.buttons}>
        <Button data-testid="cue-play" onClick={() => player.playBetween(cue.startMs, cue.endMs)}>
          {t('captions.editor.playCue')}
        </Button>
        <Button disabled={!split} data-testid="cue-split" onClick={() => onEdit(split)}>
          {t('captions.editor.split')}
        </Button>
        <Button disabled={!merged} data-testid="cue-merge" onClick={() => onEdit(merged)}>
          {t('captions.editor.merge')}
        </Button>
        <Button data-testid="cue-remove" onClick={() => onEdit(removeCue(cues, at))}>
          {t('captions.editor.remove')}
        </Button>
      </div>
    </section>
  );
}

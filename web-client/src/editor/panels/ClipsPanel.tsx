import { IconArrowDown, IconArrowUp, IconLink, IconPlus, IconTrash, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  clipAt,
  endAt,
  goesOn,
  heal,
  join,
  moveClip,
  nameClip,
  removeClip,
  startAt,
} from '#protocol/edit-clips.ts';
import { hide } from '#protocol/edit-shots.ts';
import { type Clip, durationOf } from '#protocol/programme.ts';
import { measure } from '../../theme/tokens.ts';
import { join as classes } from '../../ui/class-names.ts';
import { duration } from '../../ui/time.ts';
import type { Preview } from '../preview/use-deck.ts';
import type { Edit } from '../state/use-edit.ts';
import { type Source, sourceOf } from '../state/use-sources.ts';
import { ToolButton } from '../ToolButton.tsx';
import { JoinDialog } from './JoinDialog.tsx';
import styles from './Panel.module.css';

interface Props {
  resourceId: string;
  edit: Edit;
  preview: Preview;
  sources: readonly Source[];
  readOnly: boolean;
}

/** What is shown, in its order: names, order, and clips of other lessons. */
export function ClipsPanel({ resourceId, edit, preview, sources, readOnly }: Props) {
  const { t } = useTranslation();
  const [joining, setJoining] = useState(false);
  const { programme, apply } = edit;
  const { recordingId, ms } = preview.at;
  const now = clipAt(programme, recordingId, ms);
  const source = sourceOf(sources, recordingId);
  const several = sources.length > 1;
  return (
    <div className={styles.panel}>
      {source && !readOnly && <Suggestion source={source} edit={edit} />}
      <section className={styles.section}>
        <h2 className={styles.title}>
          {t('editor.clips.title', {
            count: programme.clips.length,
            length: duration(durationOf(programme)),
          })}
        </h2>
        <ol className={styles.list}>
          {programme.clips.map((clip, index) => (
            <li
              key={`${clip.recordingId}-${clip.fromMs}`}
              className={classes(styles.row, index === now && styles.rowNow)}
              data-testid={`clip-row-${index + 1}`}
            >
              <div className={styles.line}>
                <span className={styles.number}>{index + 1}</span>
                <ClipName clip={clip} index={index} edit={edit} readOnly={readOnly} />
              </div>
              <div className={styles.line}>
                <button
                  type="button"
                  className={classes(styles.times, styles.timesButton)}
                  onClick={() => preview.go({ recordingId: clip.recordingId, ms: clip.fromMs })}
                >
                  {several && `${sourceOf(sources, clip.recordingId)?.title ?? ''} `}
                  {duration(clip.fromMs)}–{duration(clip.toMs)}
                </button>
                {!readOnly && (
                  <>
                    {goesOn(programme, index) && (
                      <button
                        type="button"
                        className={styles.icon}
                        aria-label={t('editor.clips.heal', { number: index + 2 })}
                        title={t('editor.clips.heal', { number: index + 2 })}
                        onClick={() => apply((before) => heal(before, index))}
                      >
                        <IconLink size={measure.icon} aria-hidden="true" />
                      </button>
                    )}
                    <button
                      type="button"
                      className={styles.icon}
                      aria-label={t('editor.clips.up')}
                      title={t('editor.clips.up')}
                      disabled={index === 0}
                      onClick={() => apply((before) => moveClip(before, index, index - 1))}
                    >
                      <IconArrowUp size={measure.icon} aria-hidden="true" />
                    </button>
                    <button
                      type="button"
                      className={styles.icon}
                      aria-label={t('editor.clips.down')}
                      title={t('editor.clips.down')}
                      disabled={index === programme.clips.length - 1}
                      onClick={() => apply((before) => moveClip(before, index, index + 1))}
                    >
                      <IconArrowDown size={measure.icon} aria-hidden="true" />
                    </button>
                    <button
                      type="button"
                      className={styles.icon}
                      data-testid={`clip-remove-${index + 1}`}
                      aria-label={t('editor.clips.remove')}
                      title={t('editor.clips.remove')}
                      disabled={programme.clips.length === 1}
                      onClick={() => apply((before) => removeClip(before, index))}
                    >
                      <IconTrash size={measure.icon} aria-hidden="true" />
                    </button>
                  </>
                )}
              </div>
            </li>
          ))}
        </ol>
        {!readOnly && (
          <ToolButton
            icon={IconPlus}
            word={t('editor.join.open')}
            data-testid="join-open"
            onClick={() => setJoining(true)}
          />
        )}
      </section>
      <p className={styles.hint}>{t('editor.clips.hint')}</p>
      {joining && (
        <JoinDialog
          resourceId={resourceId}
          joined={sources.map((known) => known.recordingId)}
          onClose={() => setJoining(false)}
          onJoin={(found) => {
            setJoining(false);
            const { recordingId: id, lessonId, durationMs, title, hiddenTrackIds } = found;
            const clip = { recordingId: id, lessonId, fromMs: 0, toMs: durationMs, title };
            apply((before) => hiddenTrackIds.reduce(hide, join(before, before.clips.length, [clip])));
          }}
        />
      )}
    </div>
  );
}

function Suggestion({ source, edit }: { source: Source; edit: Edit }) {
  const { t } = useTranslation();
  const { trim, recordingId } = source;
  if (!trim) return null;
  const trimmed = endAt(startAt(edit.programme, recordingId, trim.fromMs), recordingId, trim.toMs);
  const own = edit.programme.clips.filter((clip) => clip.recordingId === recordingId);
  // Only while nothing was trimmed by hand.
  const untouched =
    own.length === 1 && own[0]!.fromMs === 0 && Math.abs(own[0]!.toMs - source.durationMs) < 1;
  if (!untouched || trimmed === edit.programme) return null;
  return (
    <div className={styles.suggestion}>
      <span>{t('editor.clips.suggestion', { from: duration(trim.fromMs), to: duration(trim.toMs) })}</span>
      <ToolButton
        icon={IconWand}
        word={t('editor.clips.trim')}
        data-testid="suggested-trim"
        onClick={() => edit.apply(() => trimmed)}
      />
    </div>
  );
}

interface NameProps {
  clip: Clip;
  index: number;
  edit: Edit;
  readOnly: boolean;
}

/** A name is taken when the field is left: not every letter is a step. */
function ClipName({ clip, index, edit, readOnly }: NameProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft !== null) edit.apply((now) => nameClip(now, index, draft.trim() || null));
    setDraft(null);
  };
  return (
    <input
      className={styles.input}
      value={draft ?? clip.title ?? ''}
      maxLength={80}
      disabled={readOnly}
      placeholder={t('editor.clips.name', { number: index + 1 })}
      aria-label={t('editor.clips.name', { number: index + 1 })}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

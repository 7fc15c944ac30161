import { IconBookmark, IconPlayerPlay, IconPlus, IconStar, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Highlight } from '#protocol/directing.ts';
import { ApiError } from '../../api/api-error.ts';
import { useChapterName } from '../../replay/use-chapter-name.ts';
import { measure } from '../../theme/tokens.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { duration } from '../../ui/time.ts';
import { editorApi } from '../editor-api.ts';
import type { Preview } from '../preview/use-deck.ts';
import type { Edit } from '../state/use-edit.ts';
import { type Source, sourceOf } from '../state/use-sources.ts';
import { aroundHighlight, chapterParts, clipsOf, type Part } from '../suggest.ts';
import { ToolButton } from '../ToolButton.tsx';
import type { Selection } from '../use-tools.ts';
import styles from './Panel.module.css';

interface Props {
  resourceId: string;
  title: string;
  edit: Edit;
  preview: Preview;
  source: Source;
  sources: readonly Source[];
  selection: Selection;
  parts: readonly Part[];
  onParts: (parts: readonly Part[]) => void;
}

const NUDGE_MS = 5_000;
const SHORTEST_MS = 1_000;

/** What a highlight is called until somebody gives it a better name. */
export function useHighlightPart(source: Source): (highlight: Highlight) => Part {
  const { t } = useTranslation();
  return ({ highlightId, atMs, note }) => ({
    key: highlightId,
    recordingId: source.recordingId,
    title: note ?? t('editor.micro.highlight', { at: duration(atMs) }),
    ...aroundHighlight(atMs, source.durationMs),
  });
}

/** Micro-videos of stretches of the lesson; the lesson itself stays as it is. */
export function MicroPanel(props: Props) {
  const { resourceId, title, edit, preview, source, sources, selection, parts, onParts } = props;
  const { t } = useTranslation();
  const chapterName = useChapterName();
  const partOf = useHighlightPart(source);
  const { programme } = edit;
  const make = useMutation({
    mutationFn: async () => {
      const version = await edit.flush();
      if (version === null) throw new ApiError('OVERTAKEN');
      return await editorApi.split(
        resourceId,
        version,
        parts.map((part) => ({
          title: part.title.trim() || title,
          clips: clipsOf(programme, part, sourceOf(sources, part.recordingId)!.lessonId),
        })),
      );
    },
    onSuccess: () => onParts([]),
  });
  const add = (added: readonly Part[]) => {
    make.reset();
    const known = new Set(parts.map(({ key }) => key));
    onParts([...parts, ...added.filter(({ key }) => !known.has(key))]);
  };
  const change = (key: string, changed: Partial<Part>) =>
    onParts(parts.map((part) => (part.key === key ? { ...part, ...changed } : part)));
  const chapters = chapterParts(
    programme,
    source.recordingId,
    source.chapters,
    source.durationMs,
    chapterName,
  );
  const { fromMs, toMs } = selection;
  return (
    <div className={styles.panel}>
      <p className={styles.hint}>{t('editor.micro.lead')}</p>
      <div className={styles.section}>
        {source.highlights.map((highlight) => (
          <ToolButton
            key={highlight.highlightId}
            icon={IconStar}
            word={t('editor.micro.around', { note: highlight.note ?? duration(highlight.atMs) })}
            data-testid="micro-highlight"
            onClick={() => add([partOf(highlight)])}
          />
        ))}
        <div className={styles.buttons}>
          <ToolButton
            icon={IconBookmark}
            word={t('editor.micro.chapters', { count: chapters.length })}
            data-testid="micro-chapters"
            disabled={chapters.length < 2}
            onClick={() => add(chapters)}
          />
          <ToolButton
            icon={IconPlus}
            word={t('editor.micro.clips', { count: programme.clips.length })}
            data-testid="micro-clips"
            disabled={programme.clips.length < 2}
            onClick={() =>
              add(
                programme.clips.map((clip, index) => ({
                  key: `clip-${clip.recordingId}-${clip.fromMs}`,
                  recordingId: clip.recordingId,
                  title: clip.title ?? t('editor.micro.numbered', { title, number: index + 1 }),
                  fromMs: clip.fromMs,
                  toMs: clip.toMs,
                })),
              )
            }
          />
          <ToolButton
            icon={IconPlus}
            word={t('editor.micro.selection')}
            data-testid="micro-selection"
            disabled={fromMs === null || toMs === null || toMs - fromMs < SHORTEST_MS}
            onClick={() =>
              add([
                {
                  key: `selection-${source.recordingId}-${fromMs}-${toMs}`,
                  recordingId: source.recordingId,
                  title: t('editor.micro.numbered', { title, number: parts.length + 1 }),
                  fromMs: fromMs!,
                  toMs: toMs!,
                },
              ])
            }
          />
        </div>
      </div>
      <ol className={styles.list}>
        {parts.map((part, index) => {
          const longest = sourceOf(sources, part.recordingId)?.durationMs ?? part.toMs;
          const { key, recordingId } = part;
          return (
            <li key={key} className={styles.row} data-testid={`part-${index + 1}`}>
              <div className={styles.line}>
                <span className={styles.number}>{index + 1}</span>
                <input
                  className={styles.input}
                  value={part.title}
                  maxLength={120}
                  aria-label={t('editor.micro.title', { number: index + 1 })}
                  onChange={(event) => change(key, { title: event.target.value })}
                />
                <button
                  type="button"
                  className={styles.icon}
                  aria-label={t('editor.micro.drop')}
                  title={t('editor.micro.drop')}
                  onClick={() => onParts(parts.filter((one) => one.key !== key))}
                >
                  <IconTrash size={measure.icon} aria-hidden="true" />
                </button>
              </div>
              <Bound
                word={t('editor.micro.from')}
                ms={part.fromMs}
                low={0}
                high={part.toMs - SHORTEST_MS}
                here={preview.at.recordingId === recordingId ? preview.at.ms : null}
                onMove={(to) => change(key, { fromMs: to })}
                onSee={() => preview.go({ recordingId, ms: part.fromMs })}
              />
              <Bound
                word={t('editor.micro.to')}
                ms={part.toMs}
                low={part.fromMs + SHORTEST_MS}
                high={longest}
                here={preview.at.recordingId === recordingId ? preview.at.ms : null}
                onMove={(to) => change(key, { toMs: to })}
                onSee={() => preview.go({ recordingId, ms: part.toMs })}
              />
            </li>
          );
        })}
      </ol>
      {parts.length > 0 && (
        <Button
          kind="primary"
          data-testid="micro-make"
          disabled={make.isPending}
          onClick={() => make.mutate()}
        >
          {t(make.isPending ? 'editor.micro.making' : 'editor.micro.make', { count: parts.length })}
        </Button>
      )}
      {make.error && <ErrorNote code={ApiError.from(make.error).code} />}
      {make.data && (
        <div className={styles.done} role="status" data-testid="micro-made">
          <p>{t('editor.micro.made', { count: make.data.made.length })}</p>
          <ul>
            {make.data.made.map((one) => (
              <li key={one.resourceId}>
                <Link to={`/resources/${one.resourceId}/edit`}>{one.title}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

interface BoundProps {
  word: string;
  ms: number;
  low: number;
  high: number;
  /** The playhead in the same recording; null in another. */
  here: number | null;
  onMove: (ms: number) => void;
  onSee: () => void;
}

/** One end of a micro-video: five seconds at a touch, or where the playhead stands. */
function Bound({ word, ms, low, high, here, onMove, onSee }: BoundProps) {
  const { t } = useTranslation();
  const move = (to: number) => onMove(Math.round(Math.max(low, Math.min(to, high))));
  return (
    <div className={styles.line}>
      <span className={styles.times}>
        {word} {duration(ms)}
      </span>
      <button
        type="button"
        className={styles.icon}
        title={t('editor.micro.see')}
        aria-label={t('editor.micro.see')}
        onClick={onSee}
      >
        <IconPlayerPlay size={measure.icon} aria-hidden="true" />
      </button>
      <button
        type="button"
        className={styles.icon}
        aria-label={t('editor.micro.earlier', { word })}
        onClick={() => move(ms - NUDGE_MS)}
      >
        −5
      </button>
      <button
        type="button"
        className={styles.icon}
        aria-label={t('editor.micro.later', { word })}
        onClick={() => move(ms + NUDGE_MS)}
      >
        +5
      </button>
      <ToolButton
        icon={IconPlus}
        word={t('editor.micro.here')}
        disabled={here === null || here < low || here > high}
        onClick={() => here !== null && move(here)}
      />
    </div>
  );
}

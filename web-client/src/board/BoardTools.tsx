import {
  type Icon,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowNarrowRight,
  IconCircle,
  IconEraser,
  IconHighlight,
  IconLine,
  IconPencil,
  IconPointer,
  IconSquare,
  IconTrash,
  IconTypography,
} from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InkColor } from '#protocol/board-page.ts';
import { inkColor, measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import styles from './BoardTools.module.css';
import type { Tool, ToolName, WidthName } from './tool.ts';
import { TOOL_KEYS } from './use-board-keys.ts';
import { useDismiss } from './use-dismiss.ts';

const WRITE: readonly [ToolName, Icon][] = [
  ['pen', IconPencil],
  ['highlighter', IconHighlight],
  ['text', IconTypography],
  ['eraser', IconEraser],
  ['laser', IconPointer],
];
const SHAPES: readonly [ToolName, Icon][] = [
  ['line', IconLine],
  ['arrow', IconArrowNarrowRight],
  ['rectangle', IconSquare],
  ['ellipse', IconCircle],
];
const WIDTHS: readonly WidthName[] = ['thin', 'medium', 'thick'];

interface Props {
  tool: Tool;
  onTool: (tool: Tool) => void;
  onUndo: () => void;
  onRedo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  /** Null for a room: only the teacher's side clears a page. */
  onClear: (() => void) | null;
  /** More at its end. */
  children?: ReactNode;
}

/** Everything to write with, along the lower edge of the board. */
export function BoardTools({ tool, onTool, onUndo, onRedo, canUndo, canRedo, onClear, children }: Props) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<ToolName>('line');
  const [choosing, setChoosing] = useState<'shape' | 'look' | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useDismiss(bar, choosing !== null, () => setChoosing(null));
  const isShape = SHAPES.some(([name]) => name === tool.name);
  const ShapeIcon = SHAPES.find(([name]) => name === shape)![1];
  const take = (name: ToolName) => {
    setChoosing(null);
    onTool({ ...tool, name });
  };
  return (
    <div
      ref={bar}
      className={styles.tools}
      role="toolbar"
      aria-label={t('board.tools')}
      data-testid="board-tools"
    >
      {WRITE.map(([name, Glyph]) => (
        <ToolButton
          key={name}
          icon={Glyph}
          word={t(`board.tool.${name}`)}
          on={tool.name === name}
          testId={`tool-${name}`}
          shortcut={String(TOOL_KEYS.indexOf(name) + 1)}
          onClick={() => take(name)}
        />
      ))}
      <div className={styles.anchor}>
        <ToolButton
          icon={ShapeIcon}
          word={t('board.shapes')}
          on={isShape}
          expanded={choosing === 'shape'}
          testId="tool-shapes"
          onClick={() => setChoosing(choosing === 'shape' ? null : 'shape')}
        />
        {choosing === 'shape' && (
          <div className={styles.sheet}>
            {SHAPES.map(([name, Glyph]) => (
              <ToolButton
                key={name}
                icon={Glyph}
                word={t(`board.tool.${name}`)}
                on={tool.name === name}
                testId={`tool-${name}`}
                onClick={() => {
                  setShape(name);
                  take(name);
                }}
              />
            ))}
          </div>
        )}
      </div>
      <div className={styles.anchor}>
        <button
          type="button"
          className={styles.tool}
          aria-expanded={choosing === 'look'}
          aria-label={t('board.look', {
            color: t(`board.color.${tool.color}`),
            width: t(`board.width.${tool.width}`),
          })}
          data-testid="tool-look"
          onClick={() => setChoosing(choosing === 'look' ? null : 'look')}
        >
          <Swatch color={tool.color} width={tool.width} />
          <span className={styles.word}>{t('board.colors')}</span>
        </button>
        {choosing === 'look' && (
          <div className={join(styles.sheet, styles.look)}>
            <div className={styles.row}>
              {InkColor.options.map((color) => (
                <button
                  key={color}
                  type="button"
                  className={join(styles.choice, tool.color === color && styles.chosen)}
                  aria-pressed={tool.color === color}
                  data-testid={`color-${color}`}
                  onClick={() => {
                    onTool({ ...tool, color });
                    setChoosing(null);
                  }}
                >
                  <Swatch color={color} width="thick" />
                  <span className={styles.word}>{t(`board.color.${color}`)}</span>
                </button>
              ))}
            </div>
            <div className={styles.row}>
              {WIDTHS.map((width) => (
                <button
                  key={width}
                  type="button"
                  className={join(styles.choice, tool.width === width && styles.chosen)}
                  aria-pressed={tool.width === width}
                  data-testid={`width-${width}`}
                  onClick={() => {
                    onTool({ ...tool, width });
                    setChoosing(null);
                  }}
                >
                  <Swatch color={tool.color} width={width} />
                  <span className={styles.word}>{t(`board.width.${width}`)}</span>
                </button>
              ))}
            </div>
          </div>
        )}
      </div>
      <span className={styles.line} />
      <ToolButton
        icon={IconArrowBackUp}
        word={t('board.undo')}
        testId="board-undo"
        disabled={!canUndo}
        onClick={onUndo}
      />
      <ToolButton
        icon={IconArrowForwardUp}
        word={t('board.redo')}
        testId="board-redo"
        disabled={!canRedo}
        onClick={onRedo}
      />
      {onClear && (
        <ToolButton icon={IconTrash} word={t('board.clear')} testId="board-clear" onClick={onClear} />
      )}
      {children}
    </div>
  );
}

function Swatch({ color, width }: { color: InkColor; width: WidthName }) {
  return (
    <span className={styles.spot}>
      <span className={join(styles.swatch, styles[width])} style={{ background: inkColor[color] }} />
    </span>
  );
}

interface ButtonProps {
  icon: Icon;
  word: string;
  on?: boolean;
  expanded?: boolean;
  disabled?: boolean;
  testId: string;
  /** The key that does the same. */
  shortcut?: string;
  onClick: () => void;
}

export function ToolButton({
  icon: Glyph,
  word,
  on,
  expanded,
  disabled,
  testId,
  shortcut,
  onClick,
}: ButtonProps) {
  return (
    <button
      type="button"
      className={join(styles.tool, on && styles.on)}
      aria-pressed={on}
      aria-expanded={expanded}
      disabled={disabled}
      aria-keyshortcuts={shortcut}
      title={shortcut && `${word} (${shortcut})`}
      data-testid={testId}
      onClick={onClick}
    >
      <Glyph size={measure.icon} stroke={1.75} aria-hidden="true" />
      <span className={styles.word}>{word}</span>
    </button>
  );
}

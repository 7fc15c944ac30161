import { IconUsers } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import { join } from '../ui/class-names.ts';
import styles from './BoardTools.module.css';
import { ToolButton } from './BoardTools.tsx';
import { useDismiss } from './use-dismiss.ts';

/** Who may write beside the teacher: all rooms by the switch, or one and another. */
export function WritersButton({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  useDismiss(anchor, open, () => setOpen(false));
  const { mayDraw } = live.board;
  const { switches, switchesSeq } = live.steering;
  const all = switches.annotation;
  const rooms = [...live.participants.values()].filter(({ role }) => role === 'remote');
  const writing = all
    ? rooms.length
    : rooms.filter(({ participantId }) => mayDraw.includes(participantId)).length;
  return (
    <div ref={anchor} className={styles.anchor}>
      <ToolButton
        icon={IconUsers}
        word={writing > 0 ? t('board.writersNow', { count: writing }) : t('board.writers')}
        on={writing > 0}
        expanded={open}
        testId="board-writers"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div className={join(styles.sheet, styles.look, styles.atEnd)}>
          <p className={styles.sheetTitle}>{t('board.writersTitle')}</p>
          {rooms.length === 0 && <p className={styles.quiet}>{t('board.writersNone')}</p>}
          <Writer
            name={t('board.writersAll')}
            may={all}
            testId="writers-all"
            onToggle={() => void act('switches.set', { switches: { annotation: !all }, seen: switchesSeq })}
          />
          {!all &&
            rooms.map(({ participantId, name }) => {
              const may = mayDraw.includes(participantId);
              return (
                <Writer
                  key={participantId}
                  name={name}
                  may={may}
                  testId={`writer-${name}`}
                  onToggle={() => void act('board.allow', { participantId, allowed: !may })}
                />
              );
            })}
        </div>
      )}
    </div>
  );
}

interface WriterProps {
  name: string;
  may: boolean;
  testId: string;
  onToggle: () => void;
}

function Writer({ name, may, testId, onToggle }: WriterProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={may}
      className={join(styles.writer, may && styles.chosen)}
      data-testid={testId}
      onClick={onToggle}
    >
      <span>{name}</span>
      <span className={styles.quiet}>{t(may ? 'board.mayWrite' : 'board.mayNotWrite')}</span>
    </button>
  );
}

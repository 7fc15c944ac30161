import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { Button } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { calledWho } from './class-list.ts';
import styles from './Steering.module.css';
import type { Act } from './use-act.ts';

interface Props {
  live: LiveState;
  act: Act;
  /** What stands there while there is nothing to say. */
  children: ReactNode;
}

/** The line above the teacher's picture: who is called, or that the class stands still. Always the same height. */
export function CallStrip({ live, act, children }: Props) {
  const { t } = useTranslation();
  const called = calledWho(live);
  if (live.steering.paused)
    return (
      <p className={join(styles.strip, styles.pausedStrip)} role="status" data-testid="paused-strip">
        {t('steering.pausedTeacher')}
      </p>
    );
  if (!called) return <p className={styles.strip}>{children}</p>;
  return (
    <p className={join(styles.strip, styles.callStrip)} role="status" data-testid="call-strip">
      <span>
        {called.child
          ? t('steering.callingChild', { room: called.roomName, child: called.child })
          : t('steering.calling', { name: called.roomName })}
      </span>
      <Button kind="primary" data-testid="call-done" onClick={() => void act('call.end', {})}>
        {t('steering.callDone')}
      </Button>
    </p>
  );
}

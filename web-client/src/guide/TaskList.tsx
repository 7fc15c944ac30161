import { IconCircle, IconCircleCheck, IconLoader2, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import styles from './Guide.module.css';
import { TASKS, type Task, type TaskState } from './tasks.ts';

const ICONS = { waiting: IconCircle, working: IconLoader2, done: IconCircleCheck, failed: IconX } as const;

/** What is being made, and how far it is. */
export function TaskList({ states }: { states: Record<Task, TaskState> }) {
  const { t } = useTranslation();
  return (
    <ol className={styles.tasks} aria-live="polite">
      {TASKS.map((task) => {
        const Icon = ICONS[states[task]];
        return (
          <li key={task} className={styles.task} data-state={states[task]} data-testid={`task-${task}`}>
            <Icon size={measure.icon} aria-hidden="true" />
            <span>{t(`guide.task.${task}`)}</span>
            <span className={styles.taskState}>{t(`guide.state.${states[task]}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}

import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RelatedPanel } from '../../library/RelatedPanel.tsx';
import { ReplayCaptions, ReplayComments, ReplayNotes } from '../../notes/replay-panels.tsx';
import { SideTabs } from '../../presenter/SideTabs.tsx';
import { ChaptersPanel } from './ChaptersPanel.tsx';
import type { PanelProps } from './panel-props.ts';
import { QuestionsPanel } from './QuestionsPanel.tsx';
import styles from './SidePanels.module.css';
import { TalkPanel } from './TalkPanel.tsx';

interface Panel {
  readonly key: 'chapters' | 'questions' | 'talk' | 'captions' | 'notes' | 'comments' | 'related';
  readonly Panel: ComponentType<PanelProps>;
  /** Whether there is anything for it in this lesson; without this it is always there. */
  readonly has?: (props: PanelProps) => boolean;
}

/** In the order of their tabs. Each is a component of {@link PanelProps}; its word is `replay.tabs.<key>`. */
const PANELS: readonly Panel[] = [
  { key: 'chapters', Panel: ChaptersPanel },
  { key: 'questions', Panel: QuestionsPanel, has: ({ history }) => history.asked },
  { key: 'talk', Panel: TalkPanel, has: ({ history }) => history.chatUsed },
  { key: 'captions', Panel: ReplayCaptions },
  { key: 'notes', Panel: ReplayNotes, has: ({ signedIn }) => signedIn },
  { key: 'comments', Panel: ReplayComments, has: ({ signedIn }) => signedIn },
  { key: 'related', Panel: RelatedPanel, has: ({ subject }) => subject.resourceId !== null },
];

/** What belongs to the moment that is watched, one thing at a time. */
export function SidePanels(props: PanelProps) {
  const { t } = useTranslation();
  // What a panel has to ask for does not stand in the way of the first picture.
  const [opened, setOpened] = useState<readonly string[]>([PANELS[0]!.key]);
  const tabs = PANELS.filter(({ has }) => !has || has(props)).map(({ key, Panel }) => ({
    key,
    word: t(`replay.tabs.${key}`),
    waiting: 0,
    panel: opened.includes(key) ? <Panel {...props} /> : null,
  }));
  return (
    <div className={styles.panels} data-testid="side-panels">
      <SideTabs
        tabs={tabs}
        label={t('replay.panels')}
        onShow={(key) => setOpened((before) => [...before, key])}
      />
    </div>
  );
}

import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { clipAt } from '#protocol/edit-clips.ts';
import { EDITABLE_STATES, type EditDesk } from '#protocol/edit-rest.ts';
import { shotsIn } from '#protocol/edit-shots.ts';
import { durationOf, toProgramme } from '#protocol/programme.ts';
import { SideTabs } from '../presenter/SideTabs.tsx';
import { openingOf } from '../replay/cast.ts';
import { BOARD } from '../replay/view.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import styles from './Editor.module.css';
import { EditTools } from './EditTools.tsx';
import { Overtaken } from './Overtaken.tsx';
import { ClipsPanel } from './panels/ClipsPanel.tsx';
import { CutPanel } from './panels/CutPanel.tsx';
import { MicroPanel, useHighlightPart } from './panels/MicroPanel.tsx';
import { VersionsPanel } from './panels/VersionsPanel.tsx';
import { EditStage } from './preview/EditStage.tsx';
import { Transport } from './preview/Transport.tsx';
import { type Preview, usePreview } from './preview/use-deck.ts';
import { SaveNote } from './SaveNote.tsx';
import { type Edit, useEdit } from './state/use-edit.ts';
import { liveOf, type Source, sourceOf, useSources } from './state/use-sources.ts';
import { SourceTabs } from './strip/SourceTabs.tsx';
import { Strip } from './strip/Strip.tsx';
import type { Part } from './suggest.ts';
import { ToolButton } from './ToolButton.tsx';
import { useCutting } from './use-cutting.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useTools } from './use-tools.ts';

interface Props {
  desk: EditDesk;
  account: Account;
}

/** The editing desk: the finished film above, its recordings below, what is done with it at the side. */
export function Editor({ desk, account }: Props) {
  const edit = useEdit(desk, account);
  const sources = useSources(desk, edit.programme);
  // What was found unsaved in this browser may begin with a recording that is still asked for.
  if (sources.length === 0) return null;
  return <Opened desk={desk} edit={edit} sources={sources} />;
}

function Opened({ desk, edit, sources }: { desk: EditDesk; edit: Edit; sources: Source[] }) {
  const { resource } = desk;
  const first = edit.programme.clips[0]!;
  // At the first picture and not at the black before it, where that is shown.
  const picture = openingOf(sources[0]!.replay);
  const ms = picture > first.fromMs && picture < first.toMs ? picture : first.fromMs;
  const preview = usePreview(sources, edit.programme, { recordingId: first.recordingId, ms });
  const source = sourceOf(sources, preview.at.recordingId) ?? sources[0]!;
  const refused = edit.save.kind === 'refused' ? edit.save.code : null;
  const readOnly = !EDITABLE_STATES.includes(resource.state) || refused !== null;
  return (
    <Desk desk={desk} edit={edit} sources={sources} source={source} preview={preview} readOnly={readOnly} />
  );
}

interface DeskProps {
  desk: EditDesk;
  edit: Edit;
  sources: Source[];
  source: Source;
  preview: Preview;
  readOnly: boolean;
}

type Tab = 'clips' | 'cut' | 'micro' | 'versions';

function Desk({ desk, edit, sources, source, preview, readOnly }: DeskProps) {
  const { t } = useTranslation();
  const { resourceId, title } = desk.resource;
  const { programme } = edit;
  const { recordingId, ms } = preview.at;
  const [tab, setTab] = useState<Tab>('clips');
  const [parts, setParts] = useState<readonly Part[]>([]);
  const shots = shotsIn(programme, liveOf(sources));
  const tools = useTools(edit, preview, source.durationMs, readOnly);
  const cutting = useCutting(edit, source, shots, ms);
  const partOf = useHighlightPart(source);
  const cuts = tab === 'cut' && !readOnly;
  useEditorKeys({
    edit,
    preview,
    tools,
    durationMs: source.durationMs,
    onCut: cuts
      ? (index) => {
          const picture = index < 0 ? (source.hasBoard ? BOARD : undefined) : source.pictures[index]?.trackId;
          if (picture && !programme.hiddenTrackIds.includes(picture)) cutting.choose(picture);
        }
      : null,
  });
  const panels: { key: Tab; waiting: number; panel: React.ReactNode }[] = [
    {
      key: 'clips',
      waiting: 0,
      panel: (
        <ClipsPanel
          resourceId={resourceId}
          edit={edit}
          preview={preview}
          sources={sources}
          readOnly={readOnly}
        />
      ),
    },
    {
      key: 'cut',
      waiting: 0,
      panel: (
        <CutPanel
          edit={edit}
          source={source}
          shots={shots}
          cutting={cutting}
          timeMs={ms}
          readOnly={readOnly}
        />
      ),
    },
    {
      key: 'micro',
      waiting: parts.length,
      panel: (
        <MicroPanel
          resourceId={resourceId}
          title={title}
          edit={edit}
          preview={preview}
          source={source}
          sources={sources}
          selection={tools.selection}
          parts={parts}
          onParts={setParts}
        />
      ),
    },
    {
      key: 'versions',
      waiting: 0,
      // Asked for each time it is looked at: others edit too.
      panel: tab === 'versions' && <VersionsPanel resourceId={resourceId} edit={edit} readOnly={readOnly} />,
    },
  ];
  return (
    <div className={styles.page} data-theme="stage">
      <header className={styles.top}>
        <Link to="/resources/mine" className={styles.back}>
          <IconArrowLeft size={measure.icon} aria-hidden="true" />
          {t('common.back')}
        </Link>
        <h1 className={styles.title} title={title}>
          <span className={styles.what}>{t('editor.title')}</span> {title}
        </h1>
        <SaveNote save={edit.save} />
        <ToolButton
          icon={IconArrowBackUp}
          word={t('editor.undo')}
          hint="Ctrl Z"
          data-testid="undo"
          disabled={!edit.canUndo || readOnly}
          onClick={edit.undo}
        />
        <ToolButton
          icon={IconArrowForwardUp}
          word={t('editor.redo')}
          data-testid="redo"
          disabled={!edit.canRedo || readOnly}
          onClick={edit.redo}
        />
        <ButtonLink to={`/resources/${resourceId}/review`} data-testid="edit-done">
          {t('editor.done')}
        </ButtonLink>
      </header>
      {readOnly && (
        <div className={styles.notice} role="status" data-testid="read-only">
          <p>{t(`editor.locked.${edit.save.kind === 'refused' ? 'refused' : lockedBy(desk)}`)}</p>
          <ButtonLink to={`/resources/${resourceId}/review`}>{t('editor.locked.open')}</ButtonLink>
        </div>
      )}
      {edit.save.kind === 'overtaken' && <Overtaken resourceId={resourceId} edit={edit} />}
      {edit.recovered && edit.save.kind !== 'overtaken' && edit.canUndo && (
        <p className={styles.recovered} role="status">
          {t('editor.recovered')}
        </p>
      )}
      <div className={styles.middle}>
        <div className={styles.viewer}>
          <EditStage
            key={recordingId}
            preview={preview}
            source={source}
            shot={cutting.shot}
            hidden={programme.hiddenTrackIds}
            isOut={clipAt(programme, recordingId, ms) < 0}
            onCut={cuts ? cutting.choose : null}
          />
          <Transport
            preview={preview}
            filmMs={toProgramme(programme, recordingId, ms)}
            filmLengthMs={durationOf(programme)}
          />
        </div>
        <aside className={styles.side}>
          <SideTabs
            label={t('editor.panels')}
            onShow={(key) => setTab(key as Tab)}
            tabs={panels.map(({ key, ...rest }) => ({ key, word: t(`editor.tab.${key}`), ...rest }))}
          />
        </aside>
      </div>
      <div className={styles.below}>
        <SourceTabs sources={sources} programme={programme} shown={recordingId} onShow={preview.go} />
        <EditTools tools={tools} />
        <Strip
          key={`strip-${recordingId}`}
          source={source}
          programme={programme}
          shots={shots}
          timeMs={ms}
          playing={preview.snapshot.playing}
          selection={tools.selection}
          readOnly={readOnly}
          onSeek={(to) => preview.go({ recordingId, ms: to })}
          onSelect={tools.select}
          apply={edit.apply}
          onHighlight={(highlightId) => {
            const highlight = source.highlights.find((one) => one.highlightId === highlightId);
            if (!highlight) return;
            preview.go({ recordingId, ms: highlight.atMs });
            setParts((now) =>
              now.some(({ key }) => key === highlightId) ? now : [...now, partOf(highlight)],
            );
          }}
        />
      </div>
    </div>
  );
}

function lockedBy({ resource: { state } }: EditDesk): 'published' | 'review' {
  return state === 'published' ? 'published' : 'review';
}

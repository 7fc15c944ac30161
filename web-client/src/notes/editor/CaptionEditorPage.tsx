import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../api/api-error.ts';
import { mayIn } from '../../api/may.ts';
import { lessonQuery, replayQuery } from '../../api/queries.ts';
import { SignedIn } from '../../app/SignedIn.tsx';
import { RefusedPage } from '../../classroom/RefusedPage.tsx';
import { measure } from '../../theme/tokens.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { captionQuery, captionsQuery, notesApi } from '../notes-api.ts';
import { useUndo } from '../use-undo.tsx';
import { BeginCaptions } from './BeginCaptions.tsx';
import { CaptionEditor } from './CaptionEditor.tsx';
import styles from './Editor.module.css';
import { LanguageTools } from './LanguageTools.tsx';

/** Where a lesson's captions are brought and mended. */
export function CaptionEditorPage() {
  const { lessonId = '' } = useParams();
  return <SignedIn>{() => <Opened key={lessonId} lessonId={lessonId} />}</SignedIn>;
}

function Opened({ lessonId }: { lessonId: string }) {
  const { t } = useTranslation();
  const path = `/api/lessons/${lessonId}`;
  const queries = useQueryClient();
  const lesson = useQuery(lessonQuery(lessonId));
  const replay = useQuery(replayQuery(lessonId));
  const tracks = useQuery(captionsQuery(path));
  const [chosen, setChosen] = useState<string | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const { undoNote, offer } = useUndo();
  const again = () => queries.invalidateQueries({ queryKey: ['captions', path], exact: true });
  const error = lesson.error ?? replay.error ?? tracks.error;
  if (error) return <RefusedPage code={ApiError.from(error).code} />;
  if (!lesson.data || !replay.data || !tracks.data) return <Waiting />;
  if (!mayIn(lesson.data, 'caption.edit')) return <RefusedPage code="FORBIDDEN" />;
  const track = tracks.data.find(({ language }) => language === chosen) ?? tracks.data[0] ?? null;
  const run = async (work: Promise<unknown>) => {
    setFailed(null);
    await work.catch((reason: unknown) => setFailed(ApiError.from(reason)));
    await again();
  };
  const begin = (language: string, label: string, file: Blob) =>
    run(notesApi.saveCaption(path, language, file, 0, label).then(() => setChosen(language)));
  const remove = (language: string) =>
    run(
      notesApi.removeCaption(path, language).then(() =>
        offer({
          word: t('captions.editor.removedLanguage'),
          undo: () => void run(notesApi.restoreCaption(path, language).then(() => setChosen(language))),
        }),
      ),
    );
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Link to={`/lessons/${lessonId}/replay`} className={styles.back}>
          <IconArrowLeft size={measure.icon} aria-hidden="true" />
          {t('captions.editor.toReplay')}
        </Link>
        <h1 className={styles.title} title={lesson.data.title}>
          {t('captions.editor.title', { lesson: lesson.data.title })}
        </h1>
        {track && (
          <LanguageTools
            path={path}
            tracks={tracks.data}
            track={track}
            onChoose={setChosen}
            onBegin={begin}
            onRemove={remove}
          />
        )}
      </header>
      {(undoNote || failed) && (
        <div className={styles.notes}>
          {undoNote}
          {failed && <ErrorNote code={failed.code} />}
        </div>
      )}
      {track ? (
        <Language key={track.captionId} path={path} replay={replay.data} language={track.language} />
      ) : (
        <BeginCaptions onBegin={begin} />
      )}
    </div>
  );
}

/** The newest version is read once; from then on the editor knows what it is. */
function Language({
  path,
  replay,
  language,
}: { path: string; language: string } & Pick<Parameters<typeof CaptionEditor>[0], 'replay'>) {
  const { data, error } = useQuery({
    ...captionQuery(path, { language, version: -1 }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ErrorNote code={ApiError.from(error).code} />;
  return data ? <CaptionEditor path={path} replay={replay} caption={data} /> : <Waiting />;
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import type { Caption, CaptionReport, Cue } from '#protocol/caption.ts';
import { Caption as CaptionSchema } from '#protocol/caption.ts';
import { writeVtt } from '#protocol/caption-file.ts';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { notesApi } from '../notes-api.ts';
import { type CueAction, type CueHistory, cueHistory, EMPTY_HISTORY } from './cue-history.ts';

/** After the last change this long is waited before it is saved. */
const REST_MS = 1_500;

/** Where what was written is: on the platform, on its way, or here alone and why. */
export type SaveState =
  | { state: 'saved' | 'waiting' | 'saving' | 'overtaken' }
  | { state: 'failed'; code: ApiError['code'] };

export interface CueEditor {
  history: CueHistory;
  dispatch: (action: CueAction) => void;
  save: SaveState;
  /** Saves at once, without waiting for a pause in the writing. */
  saveNow: () => void;
  /** Takes a file's cues instead of these; undo brings these back. */
  importFile: (file: Blob) => Promise<CaptionReport & { cues: number }>;
  /** After being overtaken: `theirs` is shown (undo brings one's own back), or one's own are saved over it. */
  settle: (whose: 'theirs' | 'mine') => Promise<void>;
}

/** The cues of one language under edit, saved by themselves. */
export function useCueEditor(path: string, caption: Caption): CueEditor {
  const { language } = caption;
  const queries = useQueryClient();
  const [history, dispatch] = useReducer(cueHistory, EMPTY_HISTORY, (empty) =>
    cueHistory(empty, { type: 'load', cues: caption.cues, fresh: true }),
  );
  const [save, setSave] = useState<SaveState>({ state: 'saved' });
  const version = useRef(caption.version);
  const savedCues = useRef<readonly Cue[]>(history.cues);
  const { cues } = history;
  const newest = useRef(cues);
  newest.current = cues;
  const running = useRef<Promise<void> | null>(null);

  const saveOnce = async (): Promise<void> => {
    const sent = newest.current;
    if (sent === savedCues.current) return;
    setSave({ state: 'saving' });
    try {
      // A line that says nothing yet is no cue yet.
      const file = new Blob([writeVtt(sent.filter(({ text }) => text.trim() !== ''))]);
      const saved = await notesApi.saveCaption(path, language, file, version.current);
      version.current = saved.caption.version;
      savedCues.current = sent;
      setSave({ state: newest.current === sent ? 'saved' : 'waiting' });
      void queries.invalidateQueries({ queryKey: ['captions', path], exact: true });
    } catch (error) {
      const { code } = ApiError.from(error);
      setSave(code === 'OVERTAKEN' ? { state: 'overtaken' } : { state: 'failed', code });
    }
  };
  /** One after the other: each save names the version that the one before it made. */
  const saveNow = (): Promise<void> => {
    const after = (running.current ?? Promise.resolve()).then(saveOnce);
    running.current = after;
    return after;
  };

  const overtaken = save.state === 'overtaken';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is saved is read when the time has come.
  useEffect(() => {
    if (cues === savedCues.current || overtaken) return;
    setSave({ state: 'waiting' });
    const timer = setTimeout(() => void saveNow(), REST_MS);
    return () => clearTimeout(timer);
  }, [cues, overtaken]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving the page saves what is newest then.
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) =>
      newest.current !== savedCues.current && event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => {
      removeEventListener('beforeunload', onLeave);
      void saveNow();
    };
  }, []);

  const take = ({ cues: taken, version: seen }: Caption) => {
    version.current = seen;
    savedCues.current = taken;
    dispatch({ type: 'load', cues: taken, fresh: false });
    setSave({ state: 'saved' });
    void queries.invalidateQueries({ queryKey: ['captions', path], exact: true });
  };
  return {
    history,
    dispatch,
    save,
    saveNow: () => void saveNow(),
    importFile: async (file) => {
      const { caption: saved, report } = await notesApi.saveCaption(path, language, file, version.current);
      take(saved);
      return { ...report, cues: saved.cueCount };
    },
    settle: async (whose) => {
      const theirs = await call(CaptionSchema, `${path}/captions/${language}`);
      if (whose === 'theirs') return take(theirs);
      version.current = theirs.version;
      await saveNow();
    },
  };
}

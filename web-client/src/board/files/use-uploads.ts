import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { aboutQuery } from '../../api/queries.ts';
import type { PageErrorCode } from '../../i18n/errors.ts';
import { type Upload, upload } from './upload.ts';

export interface UploadInProgress {
  readonly key: number;
  readonly name: string;
  /** 0 to 1; at 1 the platform is looking into it. */
  readonly share: number;
  readonly errorCode: PageErrorCode | null;
  /** Gives it up, or puts away what it said when it failed. */
  cancel(): void;
}

/** Files on their way from this page into the lesson. */
export function useUploads(lessonId: string): {
  uploads: readonly UploadInProgress[];
  send: (files: Iterable<File>) => void;
} {
  const [uploads, setUploads] = useState<readonly UploadInProgress[]>([]);
  const running = useRef(new Set<Upload>());
  const nextKey = useRef(0);
  const queries = useQueryClient();
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const each of all) each.cancel();
    };
  }, []);
  const one = useCallback(
    async (file: File) => {
      const key = nextKey.current++;
      const drop = () => setUploads((all) => all.filter((known) => known.key !== key));
      const change = (to: Partial<UploadInProgress>) =>
        setUploads((all) => all.map((known) => (known.key === key ? { ...known, ...to } : known)));
      setUploads((all) => [...all, { key, name: file.name, share: 0, errorCode: null, cancel: drop }]);
      // Said before a hundred megabytes have crossed a village's line for nothing.
      const about = await queries.ensureQueryData(aboutQuery).catch(() => null);
      if (about && file.size > about.maxUploadBytes) return change({ errorCode: 'FILE_TOO_LARGE' });
      const sending = upload(lessonId, file, { purpose: 'board', onProgress: (share) => change({ share }) });
      running.current.add(sending);
      change({
        cancel: () => {
          sending.cancel();
          running.current.delete(sending);
          drop();
        },
      });
      try {
        await sending.done;
        drop();
      } catch (thrown) {
        change({ errorCode: ApiError.from(thrown).code, cancel: drop });
      } finally {
        running.current.delete(sending);
      }
    },
    [lessonId, queries],
  );
  const send = useCallback(
    (files: Iterable<File>) => {
      // One after the other: a slow line is not shared, and the pages come in the order in which they were chosen.
      void [...files].reduce((before, file) => before.then(() => one(file)), Promise.resolve());
    },
    [one],
  );
  return { uploads, send };
}

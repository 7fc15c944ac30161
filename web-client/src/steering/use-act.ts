import { useCallback } from 'react';
import type { ClassRequestType } from '#protocol/lesson-socket.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import { ClientError } from '../lesson/client-error.ts';
import type { LessonSession, RequestBody } from '../lesson/session.ts';

/** Does something in class; says whether it was done, and what went wrong to `onError`. */
export type Act = <T extends ClassRequestType>(type: T, body: RequestBody<T>) => Promise<boolean>;

export function useAct(session: LessonSession, onError: (code: PageErrorCode | null) => void): Act {
  return useCallback(
    async (type, body) => {
      try {
        await session.act(type, body);
        onError(null);
        return true;
      } catch (error) {
        onError(ClientError.from(error).code);
        return false;
      }
    },
    [session, onError],
  );
}

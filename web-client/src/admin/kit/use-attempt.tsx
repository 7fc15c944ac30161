import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#protocol/errors.ts';
import { ApiError } from '../../api/api-error.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useFieldSentence } from './use-form-errors.ts';

/** What may hang on something that is to be closed, as `IN_USE` names it. */
const HANGS_ON = ['people', 'lessons', 'pairings', 'classGroups', 'terms'] as const;

const shownSeconds = 8;

/**
 * Does something that the platform may refuse, outside of a form, and says why when it does.
 * @returns undefined where it was refused
 */
export function useAttempt(): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const sentence = useFieldSentence();
  return useCallback(
    async (work) => {
      try {
        return await work();
      } catch (thrown) {
        const { code, fields } = ApiError.from(thrown);
        const said = (field: FieldError) => {
          const what = HANGS_ON.find((one) => one === field.path);
          return code === 'IN_USE' && what
            ? t(`admin.inUse.${what}`, { count: Number(field.values?.count ?? 0) })
            : sentence(field);
        };
        void message.open({
          type: 'error',
          duration: shownSeconds,
          content: (
            <>
              <ErrorNote code={code} /> {code !== 'OVERTAKEN' && fields.map(said).join(' ')}
            </>
          ),
        });
        return undefined;
      }
    },
    [message, t, sentence],
  );
}

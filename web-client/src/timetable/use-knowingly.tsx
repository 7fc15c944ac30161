import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { clashesIn } from '#protocol/clashes.ts';
import { useAskAgain } from '../admin/kit/use-ask-again.ts';
import { ApiError } from '../api/api-error.ts';
import { ClashItems } from './ClashList.tsx';
import { useAnywayWord } from './use-clash-words.ts';
import type { Found } from './use-clashes.ts';

/**
 * Saves a lesson. Where that puts somebody into two lessons at once, whoever saves has read so beside the form and pressed
 * a button that says it (`found`), or is asked now. @throws ApiError CLASHES where it was not meant
 */
export function useKnowingly() {
  const { t } = useTranslation();
  const ask = useAskAgain();
  const anyway = useAnywayWord();
  return useCallback(
    <T,>(save: (despiteClashes: boolean) => Promise<T>, found?: Found): Promise<T> =>
      found?.settled && found.clashes.length > 0
        ? save(true)
        : ask(save, ({ code, fields }) => {
            const clashes = clashesIn(fields);
            return code === 'CLASHES'
              ? {
                  title: t('timetable.clash.title'),
                  content: <ClashItems clashes={clashes} />,
                  okText: anyway(clashes),
                  cancelText: t('timetable.clash.back'),
                }
              : null;
          }).catch((thrown: unknown) => {
            // Each clash was read in the question.
            throw ApiError.from(thrown).code === 'CLASHES' ? new ApiError('CLASHES') : thrown;
          }),
    [ask, anyway, t],
  );
}

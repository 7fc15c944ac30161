import { queryOptions } from '@tanstack/react-query';
import {
  RemovedWords,
  type RemoveWords,
  type WordClass,
  WordImport,
  WordPage,
} from '#protocol/moderation.ts';
import { call } from '../api/call.ts';

const PATH = '/api/moderation/words';

export const wordsApi = {
  page: (search: string, offset: number) =>
    call(WordPage, `${PATH}?search=${encodeURIComponent(search)}&offset=${offset}`),
  add: (text: string, wordClass: WordClass) =>
    call(WordImport, `${PATH}?class=${wordClass}`, { method: 'POST', text }),
  remove: (which: RemoveWords) => call(RemovedWords, PATH, { method: 'DELETE', body: which }),
};

export const wordsQuery = (search: string, offset: number) =>
  queryOptions({
    queryKey: ['words', search, offset],
    queryFn: () => wordsApi.page(search, offset),
    placeholderData: (before: WordPage | undefined) => before,
  });

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AskedQuestion } from '#protocol/asking.ts';
import { Button } from '../ui/Button.tsx';
import { libraryApi, libraryQuery } from './library-api.ts';

/** Puts a question that was asked into the course's library; says so when it is there already. */
export function SaveButton({ courseId, asked }: { courseId: string; asked: AskedQuestion }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { question, right } = asked;
  const { data = [] } = useQuery(libraryQuery(courseId));
  const save = useMutation({
    mutationFn: () => libraryApi.add(courseId, { question, right }),
    onSettled: () => queries.invalidateQueries({ queryKey: libraryQuery(courseId).queryKey }),
  });
  const kept = data.some((known) => JSON.stringify(known.question) === JSON.stringify(question));
  return (
    <Button disabled={kept || save.isPending} data-testid="save-question" onClick={() => save.mutate()}>
      {t(kept ? 'asking.saved' : 'asking.save')}
    </Button>
  );
}

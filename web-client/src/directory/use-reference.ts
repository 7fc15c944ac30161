import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ReferenceItem } from '#protocol/reference.ts';
import { referenceQuery } from './directory-api.ts';

interface Option {
  value: string;
  label: string;
}

const options = (items: readonly ReferenceItem[]): Option[] =>
  items.map(({ name }) => ({ value: name, label: name }));

/** The reference lists as choices: grades by stage, subjects, and a subject's editions. Nothing archived. */
export function useReference() {
  const { data } = useQuery(referenceQuery);
  return useMemo(() => {
    const items = (data ?? []).filter(({ archivedAt }) => archivedAt === null);
    const of = (kind: ReferenceItem['kind']) => items.filter((item) => item.kind === kind);
    return {
      grades: options(of('grade')),
      gradesByStage: of('stage').map(({ name }) => ({
        label: name,
        options: options(of('grade').filter(({ stage }) => stage === name)),
      })),
      subjects: options(of('subject')),
      editionsOf: (subject: string | undefined) =>
        options(of('textbook').filter((item) => item.subject === subject || item.subject === '')),
    };
  }, [data]);
}

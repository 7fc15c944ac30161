import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { BELL_TEMPLATES } from '../bells/templates.ts';
import { statutoryDays } from '../terms/statutory.ts';
import { carryOut } from './carry-out.ts';
import { type Draft, forgetDraft } from './draft.ts';
import { forgetOutcome, keepOutcome, keptOutcome } from './outcome.ts';
import { type Task, untouched } from './tasks.ts';

/** Makes what a draft says, step by step; a step that failed is begun again with the same or a mended draft. */
export function useMaking(account: Account) {
  const { t } = useTranslation();
  const [states, setStates] = useState(untouched);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [outcome, setOutcome] = useState(() => keptOutcome(account.accountId));

  const bells = { name: t('guide.bells'), periods: BELL_TEMPLATES.primary };
  const daysOff = (draft: Draft) =>
    statutoryDays(draft, {
      holiday: (name) => t(`terms.national.${name}`),
      madeUp: (day) => t('terms.madeUpFor', { day: `${Number(day.slice(5, 7))}/${Number(day.slice(8))}` }),
    });

  const begin = async (draft: Draft) => {
    let current: Task | null = null;
    const mark = (task: Task, state: 'working' | 'done' | 'failed') =>
      setStates((before) => ({ ...before, [task]: state }));
    const onTask = (task: Task) => {
      if (current) mark(current, 'done');
      current = task;
      mark(task, 'working');
    };
    setStates(untouched());
    setFailure(null);
    try {
      const made = await carryOut(draft, { bells, ...daysOff(draft) }, account, onTask);
      keepOutcome(account.accountId, made);
      setOutcome(made);
      mark('lessons', 'done');
      forgetDraft();
    } catch (thrown) {
      if (current) mark(current, 'failed');
      setFailure(ApiError.from(thrown));
    }
  };
  const again = () => {
    forgetOutcome();
    setOutcome(null);
  };
  return { states, failure, outcome, begin, again };
}

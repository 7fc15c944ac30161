import { deferred } from '../ui/deferred.tsx';

/** In a chunk of its own, which comes with the first question: most lessons ask late, many ask nothing. */
export const QuestionOnStage = deferred(
  async () => (await import('./QuestionOnStage.tsx')).QuestionOnStage,
  () => null,
);

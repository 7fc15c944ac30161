import { useTranslation } from 'react-i18next';
import { Button } from './Button.tsx';
import { Message } from './Message.tsx';
import { useElapsed } from './use-elapsed.ts';

const NOTHING_MS = 300;
const LONG_MS = 10_000;

interface Props {
  page?: 'stage' | 'office';
  /** What is going on, and what it means when it lasts. */
  sentence?: string;
  longSentence?: string;
}

/** Nothing at first, then a sentence, then a way out: a page that opens at once must not flicker. */
export function Waiting({ page, sentence, longSentence }: Props) {
  const { t } = useTranslation();
  const shown = useElapsed(NOTHING_MS);
  const long = useElapsed(LONG_MS);
  if (!shown) return <div data-theme={page === 'stage' ? 'stage' : undefined} />;
  if (!long) return <Message page={page} title={sentence ?? t('common.loading')} />;
  return (
    <Message
      page={page}
      title={sentence ?? t('common.loading')}
      actions={
        <Button kind="primary" onClick={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      {longSentence ?? t('common.loadingLong')}
    </Message>
  );
}

import { useTranslation } from 'react-i18next';
import type { PageErrorCode } from '../i18n/errors.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';

/** Why a page of the library is not there, and the way on. */
export function RefusedNote({ code }: { code: PageErrorCode }) {
  const { t } = useTranslation();
  return (
    <Message
      title={t(code === 'NOT_FOUND' ? 'library.notThere' : 'library.refused')}
      actions={
        <ButtonLink kind="primary" to="/library">
          {t('library.toLibrary')}
        </ButtonLink>
      }
    >
      {code === 'NOT_FOUND' ? t('library.notThereHint') : <ErrorNote code={code} />}
    </Message>
  );
}

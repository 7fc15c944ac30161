import { useTranslation } from 'react-i18next';
import { Finder } from './Finder.tsx';
import { LibraryHead } from './LibraryHead.tsx';

/** The library (资源库), for everybody; without signing in, what is public. */
export function LibraryPage() {
  const { t } = useTranslation();
  return (
    <LibraryHead title={t('library.title')}>
      <Finder />
    </LibraryHead>
  );
}

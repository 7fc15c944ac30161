import { useTranslation } from 'react-i18next';
import type { CaptionReport } from '#protocol/caption.ts';
import styles from './Editor.module.css';

const TOLD = 8;

/** What a file brought, and of each line that was not taken as it stands why. */
export function ImportReport({
  report: { cues, count, problems },
  onClose,
}: {
  report: CaptionReport & { cues: number };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className={styles.report} role="status" data-testid="import-report">
      <p>
        {t('captions.editor.imported', { count: cues })}
        {count > 0 && t('captions.editor.problems', { count })}
        <button type="button" className={styles.close} onClick={onClose}>
          {t('captions.editor.close')}
        </button>
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, TOLD).map(({ line, why }) => (
            <li key={`${line} ${why}`}>
              {t('captions.editor.line', { line })}
              {t(`captions.editor.why.${why}`)}
            </li>
          ))}
          {count > TOLD && <li>{t('captions.editor.moreProblems', { count: count - TOLD })}</li>}
        </ul>
      )}
    </div>
  );
}

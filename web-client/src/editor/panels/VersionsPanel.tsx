import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error.ts';
import { Button } from '../../ui/Button.tsx';
import { join } from '../../ui/class-names.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { clockTime, duration, longDate } from '../../ui/time.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { versionsQuery } from '../editor-api.ts';
import type { Edit } from '../state/use-edit.ts';
import styles from './Panel.module.css';

interface Props {
  resourceId: string;
  edit: Edit;
  readOnly: boolean;
}

const KNOWN = ['made', 'edited', 'restored', 'catalogued'] as const;
type Known = (typeof KNOWN)[number];

/** Who did what, and back to any of it. */
export function VersionsPanel({ resourceId, edit, readOnly }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error, refetch } = useQuery(versionsQuery(resourceId));
  const restore = useMutation({
    mutationFn: async (version: number) => await edit.restore(version),
    onSettled: () => refetch(),
  });
  const failure = error ?? restore.error;
  return (
    <div className={styles.panel}>
      <p className={styles.hint}>{t('editor.versions.lead')}</p>
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
      <ol className={styles.list}>
        {data?.map(({ version, what, byName, byMe, at, durationMs, clips }, index) => (
          <li
            key={version}
            className={join(styles.version, index === 0 && styles.versionNow)}
            data-testid={`version-${version}`}
          >
            <span className={styles.versionText}>
              <span>
                {/* Drafts make themselves when the bell rings. */}
                {what !== 'made' &&
                  `${byMe ? t('editor.versions.me') : (byName ?? t('editor.versions.platform'))} `}
                {t(`editor.versions.what.${isKnown(what) ? what : 'moved'}`)}
              </span>
              <span className={styles.versionDetail}>
                {longDate(at, language)} {clockTime(at, language)}
                {durationMs !== null &&
                  ` · ${t('editor.versions.size', { count: clips, length: duration(durationMs) })}`}
              </span>
            </span>
            {index > 0 && durationMs !== null && (
              <Button
                disabled={readOnly || restore.isPending}
                data-testid={`restore-${version}`}
                onClick={() => restore.mutate(version)}
              >
                {t('editor.versions.back')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

const isKnown = (what: string): what is Known => (KNOWN as readonly string[]).includes(what);

import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MILD_FILE_ISSUES, type RosterFile } from '#protocol/roster.ts';
import { measure } from '../theme/tokens.ts';
import styles from './RosterPage.module.css';

/** The files that were sent, each with what is wrong with it as a whole. */
export function FileList({ files }: { files: readonly RosterFile[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.name} className={styles.file}>
          <FileMark file={file} />
          <span className={styles.fileName}>{file.name}</span>
          <span className={styles.quiet}>
            {file.kind
              ? t('roster.file.rows', {
                  kind: t(`roster.kind.${file.kind}`),
                  count: file.rows,
                  encoding: file.encoding,
                })
              : ''}
          </span>
          {file.problems.map(({ issue, value }) => (
            <span key={`${issue} ${value}`} className={styles.fileProblem}>
              {t(`roster.fileIssue.${issue}`, { value })}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function FileMark({ file: { problems } }: { file: RosterFile }) {
  const look = { size: measure.icon, stroke: 1.5, 'aria-hidden': true } as const;
  if (problems.some(({ issue }) => !MILD_FILE_ISSUES.includes(issue)))
    return <IconCircleX {...look} className={styles.bad} />;
  if (problems.length > 0) return <IconAlertTriangle {...look} className={styles.mild} />;
  return <IconCircleCheck {...look} className={styles.good} />;
}

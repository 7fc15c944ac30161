import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClassGroup } from '#protocol/directory.ts';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';

interface Props {
  groups: readonly ClassGroup[];
  onClose: () => void;
  onDone: () => void;
}

/** A new school year: shows what each class becomes, then does it; it can be taken back. */
export function PromoteDialog({ groups, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const toast = useUndoToast();
  const classGroupIds = groups.map(({ classGroupId }) => classGroupId);
  const { data, error } = useQuery({
    queryKey: ['promotion', classGroupIds.join()],
    queryFn: () => directory.promote({ classGroupIds, dryRun: true }),
  });
  const changing = (data ?? []).filter(({ fate }) => fate !== 'stays');
  const go = () =>
    attempt(async () => {
      await directory.promote({ classGroupIds });
      await directoryChanged();
      onDone();
      const back = changing.map(({ classGroupId }) => classGroupId);
      toast(t('directory.group.promoted', { count: changing.length }), async () => {
        await directory.promote({ classGroupIds: back, direction: 'down' });
        await directoryChanged();
      });
    });
  return (
    <Modal
      open
      title={t('directory.group.promote')}
      okText={t('directory.group.promoteGo', { count: changing.length })}
      okButtonProps={{ disabled: changing.length === 0 }}
      cancelText={t('common.cancel')}
      onCancel={onClose}
      onOk={go}
    >
      {error ? (
        <ErrorNote code={ApiError.from(error).code} />
      ) : data === undefined ? (
        <Waiting />
      ) : (
        <div className={styles.scroll}>
          <table className={styles.lines}>
            <thead>
              <tr>
                <th scope="col">{t('directory.group.now')}</th>
                <th scope="col">{t('directory.group.becomes')}</th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ classGroupId, name, newName, newGrade, fate }) => (
                <tr key={classGroupId} className={fate === 'stays' ? styles.known : undefined}>
                  <td>{name}</td>
                  <td>
                    {fate === 'moves'
                      ? t('directory.group.moves', { name: newName, grade: newGrade })
                      : t(`directory.group.fate.${fate}`)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}

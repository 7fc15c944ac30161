import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPastedWeek } from '#protocol/pasted-week.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import type { OfClass } from './EditLocal.tsx';
import styles from './LocalLessonsPage.module.css';
import { localsQuery, timetableApi } from './timetable-api.ts';
import { useDayWords } from './use-day-words.ts';

/** A sheet's cells, with what they would become, before anything is kept. */
export function PasteWeek({ organizationId, termId, group, onClose }: OfClass) {
  const { t } = useTranslation();
  const { weekday } = useDayWords();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ApiError['code'] | null>(null);
  const cells = readPastedWeek(text);
  const wish = { organizationId, termId, classGroupId: group.id, cells };
  const { data: look } = useQuery({
    queryKey: ['local-look', JSON.stringify(wish)],
    queryFn: () => timetableApi.importLocals({ ...wish, dryRun: true }),
    enabled: cells.length > 0,
  });
  const save = async () => {
    setBusy(true);
    try {
      const before = queries.getQueryData(localsQuery(organizationId, termId).queryKey) ?? [];
      await timetableApi.importLocals({ ...wish, dryRun: false });
      await queries.invalidateQueries({ queryKey: ['local-lessons'] });
      onClose();
      const own = before.filter(({ classGroup }) => classGroup.id === group.id);
      toast(t('timetable.local.pasted', { count: cells.length }), async () => {
        await timetableApi.importLocals({
          ...{ ...wish, dryRun: false },
          cells: own.map(({ weekday, period, weeks, subject, teacher }) => ({
            ...{ weekday, period, weeks, subject, teacherName: teacher?.name ?? '' },
          })),
        });
        await queries.invalidateQueries({ queryKey: ['local-lessons'] });
      });
    } catch (thrown) {
      setFailed(ApiError.from(thrown).code);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('timetable.local.pasteTitle', { group: group.name })}
      okText={t('timetable.local.pasteDo', { count: cells.length })}
      okButtonProps={{ disabled: cells.length === 0 }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <p>{t('timetable.local.pasteHint')}</p>
      <Input.TextArea
        rows={6}
        value={text}
        data-testid="paste-text"
        placeholder={t('timetable.local.pasteExample')}
        onChange={({ target }) => setText(target.value)}
      />
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
      {look && look.removed > 0 && (
        <p className={styles.hint}>{t('timetable.local.replaces', { count: look.removed })}</p>
      )}
      {look && look.unknownTeachers.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('timetable.local.unknownTeachers', {
            names: look.unknownTeachers.join(t('common.separator')),
          })}
        />
      )}
      {look && look.unknownPeriods.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('timetable.local.unknownPeriods', {
            periods: look.unknownPeriods.join(t('common.separator')),
          })}
        />
      )}
      {cells.length > 0 && (
        <ul className={styles.preview} data-testid="paste-preview">
          {cells.map((cell) => (
            <li key={`${cell.weekday} ${cell.period} ${cell.weeks} ${cell.subject}`}>
              {weekday(cell.weekday)} {t('today.period', { period: cell.period })} {cell.subject}{' '}
              {cell.teacherName}
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}

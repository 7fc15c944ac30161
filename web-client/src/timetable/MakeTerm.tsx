import { Alert, Modal, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MadeLessons, SchoolWeek } from '#protocol/timetable.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { timetableApi } from './timetable-api.ts';
import { useWeekMoves } from './use-week-moves.tsx';

type Code = ApiError['code'];

/** Makes the term's lessons out of the running pairings; done again it only brings in line what has changed. */
export function MakeTerm({
  organizationId,
  term,
  onClose,
}: {
  organizationId: string;
  term: NonNullable<SchoolWeek['term']>;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const { refresh } = useWeekMoves();
  const [share, setShare] = useState<number | null>(null);
  const [report, setReport] = useState<MadeLessons | null>(null);
  const [failed, setFailed] = useState<Code | null>(null);
  const make = async () => {
    let all = { made: 0, changed: 0, removed: 0, kept: 0 };
    let after: string | null = null;
    setShare(0);
    setFailed(null);
    try {
      do {
        const {
          done,
          total,
          after: next,
          ...more
        }: MakeProgress = await timetableApi.makeTerm(term.termId, organizationId, after);
        all = {
          made: all.made + more.made,
          changed: all.changed + more.changed,
          removed: all.removed + more.removed,
          kept: all.kept + more.kept,
        };
        after = next;
        setShare(total === 0 ? 100 : Math.round((100 * done) / total));
      } while (after !== null);
      setReport(all);
      await refresh();
    } catch (thrown) {
      setFailed(ApiError.from(thrown).code);
      setShare(null);
    }
  };
  const busy = share !== null && report === null;
  return (
    <Modal
      open
      title={t('timetable.make.title', { term: term.name })}
      okText={report ? t('timetable.make.close') : t('timetable.make.start')}
      confirmLoading={busy}
      onOk={() => (report ? onClose() : void make())}
      onCancel={onClose}
      cancelButtonProps={{ hidden: report !== null }}
    >
      <p>{t('timetable.make.hint')}</p>
      {share !== null && <Progress percent={share} />}
      {report && (
        <p role="status" data-testid="made">
          {t('timetable.make.done', { ...report })}
        </p>
      )}
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
    </Modal>
  );
}

type MakeProgress = Awaited<ReturnType<typeof timetableApi.makeTerm>>;

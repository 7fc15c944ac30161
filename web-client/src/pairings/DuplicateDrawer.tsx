import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkReport } from '#protocol/pairing.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import terms from '../terms/Terms.module.css';
import { termsQuery } from '../terms/term-api.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Fates } from './Fates.tsx';
import styles from './Pairings.module.css';
import { pairingApi } from './pairing-api.ts';

interface Props {
  open: boolean;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Last term's pairings once more. */
export function DuplicateDrawer({ open, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { message } = App.useApp();
  const rows = useQuery({ ...termsQuery, enabled: open }).data ?? [];
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [report, setReport] = useState<BulkReport | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const options = rows.map(({ termId, name, organizationName }) => ({
    value: termId,
    label: `${name}（${organizationName}）`,
  }));
  // Newest first: from the last but one into the last.
  const wish = { fromTermId: from ?? rows[1]?.termId ?? null, toTermId: to ?? rows[0]?.termId ?? null };
  const ready = wish.fromTermId && wish.toTermId && wish.fromTermId !== wish.toTermId;
  const run = async (dry: boolean) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await pairingApi.duplicate({
        ...{ fromTermId: wish.fromTermId!, toTermId: wish.toTermId!, dry, submit: true },
      });
      setReport(answer);
      if (dry || answer.pairings === 0) return;
      await onDone();
      void message.success(t('pairings.bulk.made', { count: answer.pairings }));
      setReport(null);
      onClose();
    } catch (thrown) {
      setError(ApiError.from(thrown));
    } finally {
      setBusy(false);
    }
  };
  const clean = report && report.pairings > 0 && report.lines.every(({ fate }) => fate !== 'error');
  return (
    <Drawer
      title={t('pairings.duplicate')}
      open={open}
      onClose={onClose}
      size={phone ? '100%' : measure.officeWidth}
      footer={
        <div className={styles.foot}>
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void run(!clean)}>
            {clean ? t('pairings.bulk.make', { count: report.pairings }) : t('pairings.duplicateLook')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      }
    >
      {error && <Alert type="warning" showIcon title={<ErrorNote code={error.code} />} />}
      <p className={terms.hint}>{t('pairings.duplicateHint')}</p>
      <Form layout="vertical">
        <Form.Item label={t('pairings.duplicateFrom')}>
          <Select value={wish.fromTermId} onChange={setFrom} options={options} />
        </Form.Item>
        <Form.Item label={t('pairings.duplicateTo')}>
          <Select value={wish.toTermId} onChange={setTo} options={options} />
        </Form.Item>
      </Form>
      {report && <Fates report={report} />}
    </Drawer>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Drawer, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkReport, PAIRING_COLUMNS, type PairingLine } from '#protocol/pairing.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import terms from '../terms/Terms.module.css';
import { termsQuery } from '../terms/term-api.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Fates } from './Fates.tsx';
import styles from './Pairings.module.css';
import { pairingApi } from './pairing-api.ts';
import { linesOf } from './pasted.ts';

interface Props {
  open: boolean;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** A county's pairings out of a spreadsheet: paste, look what becomes of each line, make them. */
export function BulkDrawer({ open, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const { message } = App.useApp();
  const allTerms = useQuery({ ...termsQuery, enabled: open });
  const [termId, setTermId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [report, setReport] = useState<BulkReport | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const lines = linesOf(
    text,
    PAIRING_COLUMNS.map((column) => t(`pairings.bulk.column.${column}`)),
  );
  const term = termId ?? allTerms.data?.[0]?.termId ?? null;
  const run = async (dry: boolean, wanted: PairingLine[]) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await pairingApi.bulk({ termId: term!, dry, submit: true, lines: wanted });
      setReport(answer);
      if (dry || answer.pairings === 0) return;
      await onDone();
      void message.success(t('pairings.bulk.made', { count: answer.pairings }));
      setText('');
      setReport(null);
      onClose();
    } catch (thrown) {
      setError(ApiError.from(thrown));
    } finally {
      setBusy(false);
    }
  };
  const wrong = report?.lines.filter(({ fate }) => fate === 'error').length ?? 0;
  const good = lines.filter((_, index) => report?.lines[index]?.fate !== 'error');
  return (
    <Drawer
      title={t('pairings.paste')}
      open={open}
      onClose={onClose}
      size={phone ? '100%' : measure.officeWidth}
      footer={
        <div className={styles.foot}>
          {report && report.pairings > 0 ? (
            <Button
              type="primary"
              loading={busy}
              onClick={() => void run(false, good)}
              data-testid="bulk-make"
            >
              {wrong > 0
                ? t('pairings.bulk.makeGood', { count: report.pairings, wrong })
                : t('pairings.bulk.make', { count: report.pairings })}
            </Button>
          ) : (
            <Button
              type="primary"
              loading={busy}
              disabled={lines.length === 0 || !term}
              onClick={() => void run(true, lines)}
              data-testid="bulk-look"
            >
              {t('pairings.bulk.look', { count: lines.length })}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      }
    >
      {error && <Alert type="warning" showIcon title={<ErrorNote code={error.code} />} />}
      <p className={terms.hint}>{t('pairings.bulk.hint')}</p>
      <p className={styles.quiet}>
        {PAIRING_COLUMNS.map((column) => t(`pairings.bulk.column.${column}`)).join(' | ')}
      </p>
      <p>
        {t('pairings.term')}{' '}
        <Select
          value={term}
          onChange={setTermId}
          options={(allTerms.data ?? []).map(({ termId, name, organizationName }) => ({
            value: termId,
            label: `${name}（${organizationName}）`,
          }))}
          popupMatchSelectWidth={false}
        />
      </p>
      <Input.TextArea
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setReport(null);
        }}
        rows={8}
        placeholder={t('pairings.bulk.example')}
        aria-label={t('pairings.paste')}
        data-testid="bulk-text"
      />
      {report && <Fates report={report} />}
    </Drawer>
  );
}

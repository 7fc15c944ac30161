import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Clash } from '#protocol/clashes.ts';
import type { Pairing, PairingDraft } from '#protocol/pairing.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useFormErrors } from '../admin/kit/use-form-errors.ts';
import { useUnsavedGuard } from '../admin/kit/use-unsaved-guard.ts';
import { ApiError } from '../api/api-error.ts';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { useAnywayWord } from '../timetable/use-clash-words.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { MasterFields } from './MasterFields.tsx';
import styles from './Pairings.module.css';
import { pairingApi, partnersQuery } from './pairing-api.ts';
import type { PairingValues } from './pairing-values.ts';
import { draftOf, EMPTY, valuesOf } from './pairing-values.ts';
import { RemoteFields } from './RemoteFields.tsx';
import { SlotFields } from './SlotFields.tsx';

/** A new pairing, or one that is changed. */
export function PairingFormPage() {
  const { t } = useTranslation();
  const { pairingId } = useParams();
  const pairing = useQuery({
    queryKey: ['pairings', pairingId],
    queryFn: () => pairingApi.one(pairingId!),
    enabled: pairingId !== undefined,
  });
  const schools = useQuery(partnersQuery);
  const error = pairing.error ?? schools.error;
  if (error) return <ErrorNote code={ApiError.from(error).code} />;
  if (!schools.data || (pairingId && !pairing.data)) return <Skeleton active />;
  const lead = schools.data.filter(({ mayLead }) => mayLead);
  return (
    <>
      <Link to={pairingId ? `/admin/pairings/${pairingId}` : '/admin/pairings'} className={terms.back}>
        <IconChevronLeft size={measure.icon} />
        {t('pairings.title')}
      </Link>
      <PageHead
        title={t(pairingId ? 'pairings.edit' : 'pairings.create')}
        lead={t(pairing.data && pairing.data.state !== 'draft' ? 'pairings.editHint' : 'pairings.formLead')}
      />
      <PairingForm
        // Read anew after somebody was faster: the form begins from there.
        key={pairing.data?.version ?? 0}
        pairing={pairing.data ?? null}
        schools={schools.data}
        leadId={lead.length === 1 ? lead[0]!.organizationId : null}
      />
    </>
  );
}

interface Props {
  pairing: Pairing | null;
  schools: Parameters<typeof RemoteFields>[0]['schools'];
  /** The only school that may lead. */
  leadId: string | null;
}

function PairingForm({ pairing, schools, leadId }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<PairingValues>();
  const [dirty, setDirty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [overtaken, setOvertaken] = useState('');
  const [clashes, setClashes] = useState<readonly Clash[]>([]);
  const anyway = useAnywayWord();
  const errors = useFormErrors(form);
  useUnsavedGuard(dirty && !busy);
  const save = async (submit: boolean) => {
    setBusy(true);
    errors.clear();
    try {
      const draft: PairingDraft = draftOf(form.getFieldsValue(true) as PairingValues);
      const saved = pairing
        ? await pairingApi.change(pairing.pairingId, { ...draft, version: pairing.version })
        : await pairingApi.create(draft);
      const { pairingId, version, state } = saved.pairing;
      if (submit && state === 'draft')
        await pairingApi.act(pairingId, { act: 'submit', version }).catch(() => {});
      await client.invalidateQueries({ queryKey: ['pairings'] });
      setDirty(false);
      navigate(`/admin/pairings/${pairingId}`);
    } catch (thrown) {
      const error = errors.show(thrown);
      if (error.code === 'OVERTAKEN') setOvertaken(String(error.fields[0]?.values?.by ?? ''));
      setBusy(false);
    }
  };
  return (
    <Form<PairingValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      initialValues={pairing ? valuesOf(pairing) : { ...EMPTY, organizationId: leadId }}
      onValuesChange={() => setDirty(true)}
    >
      {errors.trouble && (
        <Alert
          type="warning"
          showIcon
          title={<ErrorNote code={errors.trouble.code} />}
          {...(errors.trouble.code === 'OVERTAKEN'
            ? {
                description: t('pairings.overtakenBy', { by: overtaken }),
                action: (
                  <Button onClick={() => void client.invalidateQueries({ queryKey: ['pairings'] })}>
                    {t('admin.overtaken.takeNewest')}
                  </Button>
                ),
              }
            : errors.trouble.rest.length > 0 && { description: errors.trouble.rest.join(' ') })}
        />
      )}
      <MasterFields schools={schools} />
      <RemoteFields schools={schools} />
      <SlotFields schools={schools} pairingId={pairing?.pairingId ?? null} onClashes={setClashes} />
      <div className={styles.foot}>
        {(!pairing || pairing.state === 'draft') && (
          <Button type="primary" loading={busy} onClick={() => void save(true)} data-testid="save-submit">
            {clashes.length > 0 ? anyway(clashes) : t('pairings.saveSubmit')}
          </Button>
        )}
        <Button
          {...(pairing && pairing.state !== 'draft' && { type: 'primary' as const })}
          loading={busy}
          onClick={() => void save(false)}
          data-testid="save"
        >
          {!pairing || pairing.state === 'draft'
            ? t('pairings.saveDraft')
            : clashes.length > 0
              ? anyway(clashes)
              : t('admin.form.save')}
        </Button>
      </div>
    </Form>
  );
}

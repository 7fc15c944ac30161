import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, InputNumber, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { AskForm } from '../sign-in/AskForm.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './AccountPage.module.css';
import { policyApi } from './account-api.ts';

const KEY = ['password-policy'];

/** What passwords have to be like; for who decides on access. */
export function PolicyPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [overtaken, setOvertaken] = useState(false);
  const { data: policy, error } = useQuery({ queryKey: KEY, queryFn: policyApi.read, retry: false });
  return (
    <div className={styles.page}>
      <PageHead title={t('account.policy.title')} lead={t('account.policy.lead')} />
      {error && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {overtaken && <Alert type="warning" showIcon title={<ErrorNote code="OVERTAKEN" />} />}
      {!policy && !error && <Skeleton active />}
      {policy && (
        <section className={styles.part} key={policy.version}>
          <AskForm<{ minLength: number; refuseCommon: boolean }>
            word={t('account.policy.save')}
            initial={policy}
            send={async (values) => {
              try {
                const stored = await policyApi.change({ ...values, version: policy.version });
                setOvertaken(false);
                queries.setQueryData(KEY, stored);
                void message.success(t('account.policy.saved'));
              } catch (thrown) {
                // Somebody was faster: what holds now is shown, and nothing of theirs is overwritten.
                if (ApiError.from(thrown).code !== 'OVERTAKEN') throw thrown;
                setOvertaken(true);
                await queries.invalidateQueries({ queryKey: KEY });
              }
            }}
          >
            <Form.Item
              name="minLength"
              label={t('account.policy.minLength')}
              extra={t('account.policy.minLengthHint')}
              rules={[{ required: true, message: t('admin.field.required') }]}
            >
              <InputNumber size="large" min={8} max={64} precision={0} />
            </Form.Item>
            <Form.Item
              name="refuseCommon"
              label={t('account.policy.refuseCommon')}
              extra={t('account.policy.refuseCommonHint')}
              valuePropName="checked"
            >
              <Switch />
            </Form.Item>
          </AskForm>
          <p className={styles.quiet}>{t('account.policy.noRotation')}</p>
        </section>
      )}
    </div>
  );
}

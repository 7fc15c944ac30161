import { Alert, Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormErrors } from '../admin/kit/use-form-errors.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Card.module.css';

interface Props<Values> {
  /** On the one button. */
  word: string;
  /** What the fields hold at first. */
  initial?: Partial<Values>;
  send: (values: Values) => Promise<void>;
  children: ReactNode;
}

/** A short form with one button; what is refused stands beside its field, everything else above the form. */
export function AskForm<Values extends object>({ word, initial, send, children }: Props<Values>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { trouble, show, clear } = useFormErrors(form);
  const [waitMs, setWaitMs] = useState<number>();
  const [busy, setBusy] = useState(false);
  const submit = async (values: Values) => {
    clear();
    setBusy(true);
    try {
      await send(values);
    } catch (thrown) {
      setWaitMs(show(thrown).retryAfterMs);
    } finally {
      setBusy(false);
    }
  };
  const isFields = trouble?.code === 'FIELDS' && trouble.rest.length === 0;
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      validateTrigger="onSubmit"
      onFinish={(values: Values) => void submit(values)}
    >
      {trouble && !isFields && (
        <Alert
          className={styles.trouble}
          type="error"
          showIcon
          title={<ErrorNote code={trouble.code} />}
          description={
            waitMs ? t('signIn.wait', { time: waitOf(waitMs) }) : trouble.rest.join(' ') || undefined
          }
        />
      )}
      {children}
      <Button
        className={styles.send}
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={busy}
        data-testid="send"
      >
        {word}
      </Button>
    </Form>
  );

  function waitOf(ms: number): string {
    const seconds = Math.ceil(ms / 1000);
    return seconds < 90
      ? t('signIn.seconds', { count: seconds })
      : t('signIn.minutes', { count: Math.ceil(seconds / 60) });
  }
}

import { Alert, Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormErrors } from '../admin/kit/use-form-errors.ts';
import { platformNow } from '../api/clock.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useNow } from '../ui/use-now.ts';
import styles from './Card.module.css';

interface Props<Values> {
  /** On the one button. */
  word: string;
  /** What the fields hold at first. */
  initial?: Partial<Values>;
  /** What is said of a field that is not right, where this page knows better than the usual words. */
  amiss?: { [Field in keyof Values]?: string };
  send: (values: Values) => Promise<void>;
  children: ReactNode;
}

const TICK_MS = 1_000;

/** A short form with one button; what is refused stands beside its field, everything else above the form. */
export function AskForm<Values extends object>({ word, initial, amiss, send, children }: Props<Values>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { trouble, show, clear } = useFormErrors(form, amiss);
  const [openAt, setOpenAt] = useState(0);
  const [busy, setBusy] = useState(false);
  const now = useNow(TICK_MS);
  const waitMs = Math.max(0, openAt - now);
  const submit = async (values: Values) => {
    clear();
    setBusy(true);
    try {
      await send(values);
    } catch (thrown) {
      setOpenAt(platformNow() + (show(thrown).retryAfterMs ?? 0));
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
      scrollToFirstError={{ focus: true, block: 'center' }}
      onFinish={(values: Values) => void submit(values)}
    >
      {trouble && !isFields && (
        <Alert
          className={styles.trouble}
          type="error"
          showIcon
          title={<ErrorNote code={trouble.code} />}
          description={trouble.rest.join(' ') || undefined}
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
        disabled={waitMs > 0}
        data-testid="send"
      >
        {waitMs > 0 ? t('signIn.wait', { time: waitOf(waitMs) }) : word}
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

import { Alert, Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measure } from '../../theme/tokens.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Kit.module.css';
import { OvertakenNote } from './OvertakenNote.tsx';
import { useFormErrors } from './use-form-errors.ts';
import { usePhone } from './use-phone.ts';
import { useUnsavedGuard } from './use-unsaved-guard.ts';

/** A row as it stands on the platform. */
export interface Standing<Values> {
  values: Values;
  version: number;
}

/** A field as it is told beside the form when somebody else was faster. */
export interface ComparedField<Values> {
  name: keyof Values & string;
  label: string;
  show?: (value: unknown) => ReactNode;
}

interface Props<Values extends object, Saved> {
  title: string;
  open: boolean;
  onClose: () => void;
  initial: Values;
  /** Of the row that is changed; of a new one: 0. */
  version?: number;
  /** @throws ApiError: FIELDS goes beside the fields, OVERTAKEN shows what stands now. */
  save: (values: Values, version: number) => Promise<Saved>;
  /** The drawer closes itself afterwards. */
  onSaved?: (saved: Saved) => void;
  /** Reads the row anew, where others may change it meanwhile. */
  newest?: () => Promise<Standing<Values>>;
  compared?: readonly ComparedField<Values>[];
  saveWord?: string;
  /** Beside the save button, for what belongs to the row but not to the form. */
  more?: ReactNode;
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
}

interface Overtaken<Values> {
  by: string;
  at: number | null;
  now: Standing<Values> | null;
}

/** A form at the page's side: says what is wrong beside each field, and never overwrites what somebody else saved. */
export function FormDrawer<Values extends object, Saved>(props: Props<Values, Saved>) {
  const {
    title,
    open,
    onClose,
    initial,
    version = 0,
    save,
    onSaved,
    newest,
    compared,
    saveWord,
    more,
  } = props;
  const { t } = useTranslation();
  const phone = usePhone();
  const [form] = Form.useForm<Values>();
  const [base, setBase] = useState(version);
  const [saving, setSaving] = useState(false);
  const [dirty, setDirty] = useState(false);
  const [overtaken, setOvertaken] = useState<Overtaken<Values> | null>(null);
  const errors = useFormErrors(form);
  const guard = useUnsavedGuard(open && dirty && !saving);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed stays while the list behind is read anew.
  useEffect(() => {
    if (!open) return;
    form.resetFields();
    form.setFieldsValue(initial as Parameters<typeof form.setFieldsValue>[0]);
    setBase(version);
    setDirty(false);
    setOvertaken(null);
    errors.clear();
  }, [open]);

  const submit = async (over = base) => {
    setSaving(true);
    errors.clear();
    try {
      const saved = await save({ ...initial, ...form.getFieldsValue(true) }, over);
      setDirty(false);
      setOvertaken(null);
      onClose();
      onSaved?.(saved);
    } catch (thrown) {
      const error = errors.show(thrown);
      if (error.code === 'OVERTAKEN') {
        const { by = '', at } = error.fields[0]?.values ?? {};
        const now = (await newest?.().catch(() => null)) ?? null;
        setOvertaken({ by: String(by), at: typeof at === 'number' ? at : null, now });
      }
    } finally {
      setSaving(false);
    }
  };

  return (
    <Drawer
      title={title}
      open={open}
      destroyOnHidden
      size={phone ? '100%' : measure.adminDrawer}
      onClose={() => guard(onClose)}
      footer={
        <div className={styles.drawerFoot}>
          <Button
            type="primary"
            className={styles.sentence ?? ''}
            loading={saving}
            data-testid="save"
            onClick={() => void submit()}
          >
            {saveWord ?? t('admin.form.save')}
          </Button>
          <Button onClick={() => guard(onClose)}>{t('common.cancel')}</Button>
          {more && <div className={styles.drawerMore}>{more}</div>}
        </div>
      }
    >
      {overtaken ? (
        <OvertakenNote
          by={overtaken.by}
          at={overtaken.at}
          mine={form.getFieldsValue(true) as Values}
          now={overtaken.now}
          compared={compared ?? []}
          onTakeNewest={(now) => {
            form.setFieldsValue(now.values as Parameters<typeof form.setFieldsValue>[0]);
            setBase(now.version);
            setDirty(false);
            setOvertaken(null);
            errors.clear();
          }}
          onSaveMine={(now) => {
            setBase(now.version);
            void submit(now.version);
          }}
        />
      ) : (
        errors.trouble && (
          <Alert
            className={styles.trouble}
            type="warning"
            showIcon
            title={<ErrorNote code={errors.trouble.code} />}
            {...(errors.trouble.rest.length > 0 && { description: errors.trouble.rest.join(' ') })}
          />
        )
      )}
      <Form<Values>
        form={form}
        layout="vertical"
        requiredMark="optional"
        scrollToFirstError
        initialValues={initial}
        onValuesChange={(changed) => {
          setDirty(true);
          // What the platform said of a field is about what stood there before.
          form.setFields(Object.keys(changed).map((name) => ({ name, errors: [] })) as never);
        }}
        onFinish={() => void submit()}
      >
        {typeof props.children === 'function' ? props.children(form) : props.children}
        <button type="submit" hidden />
      </Form>
    </Drawer>
  );
}

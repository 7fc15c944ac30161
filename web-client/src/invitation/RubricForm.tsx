import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Rubric, type RubricItem, rubricTotal } from '#protocol/invitation.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { RUBRIC_TEMPLATES } from '../i18n/topics/rubric-templates.ts';
import { measure } from '../theme/tokens.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Invitation.module.css';
import { invitationApi } from './invitation-api.ts';

interface Props {
  /** Null: a new one. */
  rubric: Rubric | null;
  organizationId: string;
  open: boolean;
  onClose: () => void;
  onSaved: (rubric: Rubric) => void;
}

interface Values {
  title: string;
  items: RubricItem[];
}

const NEW_ITEM: RubricItem = { name: '', maximum: 10, hint: '' };

/** A rubric's items: what is judged, how many points it gives, what to look for. */
export function RubricForm({ rubric, organizationId, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  return (
    <FormDrawer<Values, Rubric>
      title={t(rubric ? 'invitation.rubricEdit' : 'invitation.rubricAdd')}
      open={open}
      onClose={onClose}
      initial={{ title: rubric?.title ?? '', items: rubric?.items ?? [NEW_ITEM] }}
      version={rubric?.version ?? 0}
      save={({ title, items }, version) =>
        rubric
          ? invitationApi.changeRubric(rubric.rubricId, { title, items, version })
          : invitationApi.makeRubric({ organizationId, title, items })
      }
      compared={[{ name: 'title', label: t('invitation.rubricName') }]}
      onSaved={onSaved}
    >
      <Items isNew={rubric === null} />
    </FormDrawer>
  );
}

function Items({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const templates = RUBRIC_TEMPLATES[useLanguage() === 'zh-CN' ? 'zh' : 'en'];
  const items = Form.useWatch<RubricItem[] | undefined>('items') ?? [];
  const total = rubricTotal({ items: items.map((item) => ({ ...item, maximum: item?.maximum ?? 0 })) });
  return (
    <>
      {isNew && (
        <Form.Item label={t('invitation.template')}>
          <Select
            data-testid="template"
            options={templates.map(({ title }, value) => ({ value, label: title }))}
            onChange={(at) => form.setFieldsValue(structuredClone(templates[at]!))}
          />
        </Form.Item>
      )}
      <Form.Item name="title" label={t('invitation.rubricName')} required>
        <Input autoComplete="off" />
      </Form.Item>
      <p className={styles.quiet}>{t('invitation.total', { total, count: items.length })}</p>
      <Form.List name="items">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.item}>
                <Form.Item name={[name, 'name']} label={t('invitation.itemName')} required>
                  <Input autoComplete="off" />
                </Form.Item>
                <Form.Item name={[name, 'maximum']} label={t('invitation.itemMaximum')} required>
                  <InputNumber min={1} max={100} precision={0} />
                </Form.Item>
                <Button
                  type="text"
                  aria-label={t('invitation.itemRemove')}
                  icon={<IconTrash size={measure.icon} stroke={1.5} />}
                  disabled={fields.length === 1}
                  onClick={() => remove(name)}
                />
                <Form.Item className={styles.itemHint} name={[name, 'hint']} label={t('invitation.itemHint')}>
                  <Input autoComplete="off" />
                </Form.Item>
              </div>
            ))}
            <Button icon={<IconPlus size={measure.icon} stroke={1.5} />} onClick={() => add(NEW_ITEM)}>
              {t('invitation.itemAdd')}
            </Button>
          </>
        )}
      </Form.List>
    </>
  );
}

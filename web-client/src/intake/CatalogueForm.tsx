import { AutoComplete, Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Catalogue, Licence } from '#protocol/resource.ts';
import styles from './UploadPage.module.css';

export interface FormValues extends Partial<Catalogue> {
  title?: string;
  description?: string;
  licence?: Licence;
}

interface Props {
  /** How many files it is for; a title belongs to one. */
  count: number;
  saving: boolean;
  onSave: (values: FormValues) => void;
}

const PLACES = ['stage', 'grade', 'subject', 'edition', 'volume'] as const;
const LISTS = {
  stage: 'intake.stages',
  grade: 'intake.grades',
  subject: 'intake.subjects',
  edition: 'intake.editions',
  volume: 'intake.volumes',
} as const;

/** Where the files stand in the catalogue, once for all of them. Known words are offered, others may be written. */
export function CatalogueForm({ count, saving, onSave }: Props) {
  const { t } = useTranslation();
  return (
    <Form<FormValues>
      layout="vertical"
      requiredMark={false}
      onFinish={onSave}
      initialValues={{ licence: 'reserved' }}
    >
      {count === 1 && (
        <Form.Item name="title" label={t('intake.field.title')}>
          <Input maxLength={120} showCount placeholder={t('intake.field.titleHint')} data-testid="title" />
        </Form.Item>
      )}
      <div className={styles.fields}>
        {PLACES.map((place) => (
          <Form.Item key={place} name={place} label={t(`intake.field.${place}`)}>
            <AutoComplete
              allowClear
              options={t(LISTS[place])
                .split('|')
                .map((value) => ({ value }))}
              showSearch={{
                filterOption: (typed, option) =>
                  String(option?.value).toLowerCase().includes(typed.toLowerCase()),
              }}
              data-testid={place}
              maxLength={20}
            />
          </Form.Item>
        ))}
        <Form.Item name="chapter" label={t('intake.field.chapter')}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="section" label={t('intake.field.section')} className={styles.wide}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="licence" label={t('intake.field.licence')} className={styles.wide}>
          <Select
            options={Licence.options.map((value) => ({
              value,
              label: t(`intake.licence.${value.replace('.0', '') as 'reserved'}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="knowledgePoints" label={t('intake.field.knowledgePoints')} className={styles.wide}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={20}
            tokenSeparators={[',', '\uFF0C', '\u3001', ';']}
            placeholder={t('intake.field.knowledgeHint')}
          />
        </Form.Item>
        <Form.Item name="description" label={t('intake.field.description')} className={styles.wide}>
          <Input.TextArea rows={3} maxLength={2_000} />
        </Form.Item>
      </div>
      <Button
        type="primary"
        htmlType="submit"
        size="large"
        block
        loading={saving}
        disabled={count === 0}
        data-testid="save-catalogue"
      >
        {saving ? t('intake.saving') : t('intake.save', { count })}
      </Button>
    </Form>
  );
}

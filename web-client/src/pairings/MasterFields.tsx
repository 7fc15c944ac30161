import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Named, PartnerSchool } from '#protocol/pairing.ts';
import { RemoveButton } from '../terms/TermForm.tsx';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import styles from './Pairings.module.css';
import { choicesQuery, termsAtQuery } from './pairing-api.ts';

export const SEARCHED = { showSearch: { optionFilterProp: 'label' } } as const;
export const optionsOf = (rows: readonly Named[] = []) =>
  rows.map(({ id, name }) => ({ value: id, label: name }));
export const schoolOptions = (schools: readonly PartnerSchool[]) =>
  schools.map(({ organizationId, name, parentName, kind }) => ({
    value: organizationId,
    label: kind === 'teachingPoint' && parentName ? `${name}（${parentName}）` : name,
  }));

/** Who teaches what, from where, in which term. */
export function MasterFields({ schools }: { schools: readonly PartnerSchool[] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const organizationId: string | null = Form.useWatch('organizationId', form) ?? null;
  const choices = useQuery({ ...choicesQuery(organizationId ?? ''), enabled: organizationId !== null }).data;
  const termRows = useQuery({ ...termsAtQuery(organizationId ?? ''), enabled: organizationId !== null }).data;
  const off = organizationId === null;
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>{t('pairings.stepMaster')}</h2>
      <div className={styles.grid}>
        <Form.Item name="organizationId" label={t('pairings.masterSchool')}>
          <Select
            {...SEARCHED}
            options={schoolOptions(schools.filter(({ mayLead }) => mayLead))}
            onChange={() =>
              form.setFieldsValue({
                ...{ termId: null, masterClassGroupId: null, masterClassroomId: null },
                courses: [{ courseId: null, teacherId: null }],
              })
            }
          />
        </Form.Item>
        <Form.Item name="masterClassGroupId" label={t('pairings.masterClass')}>
          <Select
            {...SEARCHED}
            disabled={off}
            options={optionsOf(choices?.classGroups)}
            onChange={(id) => {
              const room = choices?.classGroups.find((group) => group.id === id)?.classroomId;
              const only = choices?.classrooms.length === 1 ? choices.classrooms[0]!.id : null;
              if (room || only) form.setFieldValue('masterClassroomId', room ?? only);
            }}
          />
        </Form.Item>
        <Form.Item name="masterClassroomId" label={t('pairings.masterRoom')}>
          <Select {...SEARCHED} disabled={off} options={optionsOf(choices?.classrooms)} />
        </Form.Item>
        <Form.Item name="termId" label={t('pairings.term')}>
          <Select
            disabled={off}
            options={(termRows ?? []).map(({ termId, name }) => ({ value: termId, label: name }))}
          />
        </Form.Item>
      </div>
      <Form.List name="courses">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.line}>
                <div className={styles.grid}>
                  <Form.Item name={[name, 'courseId']} label={t('pairings.course')}>
                    <Select
                      {...SEARCHED}
                      disabled={off}
                      options={
                        choices?.courses.map(({ courseId, title }) => ({ value: courseId, label: title })) ??
                        []
                      }
                    />
                  </Form.Item>
                  <Form.Item name={[name, 'teacherId']} label={t('pairings.teacher')}>
                    <Select {...SEARCHED} disabled={off} options={optionsOf(choices?.teachers)} />
                  </Form.Item>
                </div>
                {fields.length > 1 && <RemoveButton onClick={() => remove(name)} />}
              </div>
            ))}
            <Button
              type="dashed"
              className={styles.addCourse}
              icon={<IconPlus size={measure.icon} />}
              onClick={() => add({ courseId: null, teacherId: null })}
            >
              {t('pairings.addCourse')}
            </Button>
          </>
        )}
      </Form.List>
      <div className={styles.grid}>
        <Form.Item name="autoOpen" label={t('pairings.autoOpen')} valuePropName="checked">
          <Switch checkedChildren={t('pairings.yes')} unCheckedChildren={t('pairings.no')} />
        </Form.Item>
        <Form.Item name="note" label={t('pairings.note')}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 1, maxRows: 6 }} />
        </Form.Item>
      </div>
    </section>
  );
}

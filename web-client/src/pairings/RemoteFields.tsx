import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { MAX_REMOTES, type PartnerSchool } from '#protocol/pairing.ts';
import { RemoveButton } from '../terms/TermForm.tsx';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { optionsOf, SEARCHED, schoolOptions } from './MasterFields.tsx';
import styles from './Pairings.module.css';
import { choicesQuery } from './pairing-api.ts';
import { NO_REMOTE } from './pairing-values.ts';

/** The classes that follow, up to three. */
export function RemoteFields({ schools }: { schools: readonly PartnerSchool[] }) {
  const { t } = useTranslation();
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>{t('pairings.stepRemote')}</h2>
      <p className={terms.hint}>{t('pairings.stepRemoteHint', { count: MAX_REMOTES })}</p>
      <Form.List name="remotes">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.line}>
                <OneRemote name={name} schools={schools} />
                {fields.length > 1 && <RemoveButton onClick={() => remove(name)} />}
              </div>
            ))}
            {fields.length < MAX_REMOTES && (
              <Button type="dashed" icon={<IconPlus size={measure.icon} />} onClick={() => add(NO_REMOTE)}>
                {t('pairings.addRemote')}
              </Button>
            )}
          </>
        )}
      </Form.List>
    </section>
  );
}

function OneRemote({ name, schools }: { name: number; schools: readonly PartnerSchool[] }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const organizationId: string | null = Form.useWatch(['remotes', name, 'organizationId'], form) ?? null;
  const choices = useQuery({ ...choicesQuery(organizationId ?? ''), enabled: organizationId !== null }).data;
  const off = organizationId === null;
  const put = (field: string, value: string | null) => form.setFieldValue(['remotes', name, field], value);
  return (
    <div className={styles.grid}>
      <Form.Item name={[name, 'organizationId']} label={t('pairings.remoteSchool')}>
        <Select
          {...SEARCHED}
          options={schoolOptions(schools)}
          onChange={() => {
            for (const field of ['classGroupId', 'classroomId', 'assistantId']) put(field, null);
          }}
        />
      </Form.Item>
      <Form.Item name={[name, 'classGroupId']} label={t('pairings.remoteClass')}>
        <Select
          {...SEARCHED}
          disabled={off}
          options={optionsOf(choices?.classGroups)}
          onChange={(id) => {
            const room = choices?.classGroups.find((group) => group.id === id)?.classroomId;
            const only = choices?.classrooms.length === 1 ? choices.classrooms[0]!.id : null;
            if (room || only) put('classroomId', room ?? only);
          }}
        />
      </Form.Item>
      <Form.Item name={[name, 'classroomId']} label={t('pairings.remoteRoom')}>
        <Select {...SEARCHED} disabled={off} options={optionsOf(choices?.classrooms)} />
      </Form.Item>
      <Form.Item name={[name, 'assistantId']} label={t('pairings.assistant')}>
        <Select {...SEARCHED} allowClear disabled={off} options={optionsOf(choices?.assistants)} />
      </Form.Item>
    </div>
  );
}

import { Alert, Button, Drawer, Form, Input, Select } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonRole } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import kit from '../admin/kit/Kit.module.css';
import { useUnsavedGuard } from '../admin/kit/use-unsaved-guard.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';
import { LineList } from './LineList.tsx';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { useFates } from './use-fates.ts';

interface Props {
  /** Pupils of this class; null: people of any role. */
  classGroup: { classGroupId: Id; organizationId: Id; name: string } | null;
  usual: Id;
  onClose: () => void;
  /** Who is new. */
  onDone: (made: { accountId: Id; name: string; login: string | null }[]) => void;
}

/** Many people at once, from a spreadsheet: every line's fate is shown before anything is done. */
export function PasteDrawer({ classGroup, usual, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [organizationId, setOrganization] = useState(classGroup?.organizationId ?? usual);
  const [role, setRole] = useState<PersonRole>(classGroup ? 'student' : 'teacher');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const guard = useUnsavedGuard(text.trim() !== '' && !busy);
  const classGroupId = classGroup?.classGroupId ?? null;
  const ask = useCallback(
    (dryRun: boolean) => directory.lines({ organizationId, role, classGroupId, text, dryRun }),
    [text, organizationId, role, classGroupId],
  );
  const dry = useMemo(() => (text.trim() === '' ? null : () => ask(true)), [ask, text]);
  const { fates, failed, setFailed } = useFates(dry);

  const count = (fate: string) => fates?.lines.filter((line) => line.fate === fate).length ?? 0;
  const joins =
    classGroupId !== null && fates?.lines.some(({ fate, accountId }) => fate === 'known' && accountId);
  const ready = fates !== null && count('wrong') === 0 && (count('new') > 0 || joins === true);
  const make = async () => {
    setBusy(true);
    try {
      const { lines } = await ask(false);
      await directoryChanged();
      const made = lines.filter(({ fate }) => fate === 'new');
      onDone(made.map(({ accountId, name, login }) => ({ accountId: accountId!, name, login })));
    } catch (thrown) {
      setFailed(ApiError.from(thrown).code);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      size={measure.officeWidth}
      title={classGroup ? t('paste.pupilsTitle', { name: classGroup.name }) : t('paste.title')}
      onClose={() => guard(onClose)}
      footer={
        <div className={kit.drawerFoot}>
          <Button type="primary" disabled={!ready} loading={busy} data-testid="make-people" onClick={make}>
            {t('paste.make', { count: count('new') })}
          </Button>
          <Button onClick={() => guard(onClose)}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <p className={styles.lead}>{t(classGroup ? 'paste.pupilsLead' : 'paste.lead')}</p>
      <Form layout="vertical">
        {!classGroup && (
          <div className={styles.columns}>
            <Form.Item label={t('directory.place')}>
              <OrganizationSelect value={organizationId} onChange={setOrganization} />
            </Form.Item>
            <Form.Item label={t('paste.usualRole')}>
              <Select
                value={role}
                onChange={setRole}
                options={PersonRole.options.map((value) => ({ value, label: t(`role.${value}`) }))}
              />
            </Form.Item>
          </div>
        )}
        <Form.Item label={t('paste.text')} htmlFor="paste-text">
          <Input.TextArea
            id="paste-text"
            rows={8}
            autoFocus
            value={text}
            placeholder={t(classGroup ? 'paste.pupilsExample' : 'paste.example')}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
      {fates && <LineList lines={fates.lines} />}
    </Drawer>
  );
}

import { Alert, Button, Drawer, Form, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LinesResult, PersonRole } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import kit from '../admin/kit/Kit.module.css';
import { useUnsavedGuard } from '../admin/kit/use-unsaved-guard.ts';
import { ApiError } from '../api/api-error.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';
import { LineList } from './LineList.tsx';
import { OrganizationSelect } from './OrganizationSelect.tsx';

const TYPING_MS = 400;

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
  const [fates, setFates] = useState<LinesResult | null>(null);
  const [failed, setFailed] = useState<PageErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const guard = useUnsavedGuard(text.trim() !== '' && !busy);
  const asked = useRef(0);
  const classGroupId = classGroup?.classGroupId ?? null;
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (text.trim() === '') return setFates(null);
    const timer = setTimeout(async () => {
      try {
        const result = await directory.lines({ organizationId, role, classGroupId, text, dryRun: true });
        if (mine !== asked.current) return;
        setFates(result);
        setFailed(null);
      } catch (thrown) {
        if (mine === asked.current) setFailed(ApiError.from(thrown).code);
      }
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, organizationId, role, classGroupId]);

  const count = (fate: string) => fates?.lines.filter((line) => line.fate === fate).length ?? 0;
  const joins =
    classGroupId !== null && fates?.lines.some(({ fate, accountId }) => fate === 'known' && accountId);
  const ready = fates !== null && count('wrong') === 0 && (count('new') > 0 || joins === true);
  const make = async () => {
    setBusy(true);
    try {
      const { lines } = await directory.lines({ organizationId, role, classGroupId, text, dryRun: false });
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
      title={
        classGroup ? t('directory.paste.pupilsTitle', { name: classGroup.name }) : t('directory.paste.title')
      }
      onClose={() => guard(onClose)}
      footer={
        <div className={kit.drawerFoot}>
          <Button type="primary" disabled={!ready} loading={busy} data-testid="make-people" onClick={make}>
            {t('directory.paste.make', { count: count('new') })}
          </Button>
          <Button onClick={() => guard(onClose)}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <p className={styles.lead}>{t(classGroup ? 'directory.paste.pupilsLead' : 'directory.paste.lead')}</p>
      <Form layout="vertical">
        {!classGroup && (
          <div className={styles.columns}>
            <Form.Item label={t('directory.place')}>
              <OrganizationSelect value={organizationId} onChange={setOrganization} />
            </Form.Item>
            <Form.Item label={t('directory.paste.usualRole')}>
              <Select
                value={role}
                onChange={setRole}
                options={PersonRole.options.map((value) => ({ value, label: t(`role.${value}`) }))}
              />
            </Form.Item>
          </div>
        )}
        <Form.Item label={t('directory.paste.text')} htmlFor="paste-text">
          <Input.TextArea
            id="paste-text"
            rows={8}
            autoFocus
            value={text}
            placeholder={t(classGroup ? 'directory.paste.pupilsExample' : 'directory.paste.example')}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
      {fates && <LineList lines={fates.lines} />}
    </Drawer>
  );
}

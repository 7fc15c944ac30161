import { IconClipboardText } from '@tabler/icons-react';
import { Alert, Button, Drawer, Form, Input } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PLACE_COLUMNS, type PlaceKind } from '#protocol/directory-lines.ts';
import type { Id } from '#protocol/ids.ts';
import kit from '../admin/kit/Kit.module.css';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { useUnsavedGuard } from '../admin/kit/use-unsaved-guard.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { PlaceLineList } from './PlaceLineList.tsx';
import { useFates } from './use-fates.ts';

interface Props {
  of: PlaceKind;
  /** Of lines that say nothing else. */
  usual: Id;
}

/** The way to add hundreds: a button, and the drawer that it opens. */
export function PlacesPaste({ of, usual }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<IconClipboardText size={measure.icon} stroke={1.5} />}
        data-testid={`paste-${of}`}
        onClick={() => setOpen(true)}
      >
        {t('paste.open')}
      </Button>
      {open && <PlacesDrawer of={of} usual={usual} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Every line's fate is shown before anything is made. */
function PlacesDrawer({ of, usual, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const toast = useUndoToast();
  const [organizationId, setOrganization] = useState(usual);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const guard = useUnsavedGuard(text.trim() !== '' && !busy);
  const ask = useCallback(
    (dryRun: boolean) => directory.placeLines({ of, organizationId, text, dryRun }),
    [of, organizationId, text],
  );
  const dry = useMemo(() => (text.trim() === '' ? null : () => ask(true)), [ask, text]);
  const { fates, failed, setFailed } = useFates(dry);
  const count = (fate: string) => fates?.lines.filter((line) => line.fate === fate).length ?? 0;
  const columns = PLACE_COLUMNS[of].map((column, at) => {
    const word = t(`paste.places.column.${column}`);
    const isNeeded = at === 0 || (of === 'course' && column === 'grade');
    return isNeeded ? t('paste.places.required', { column: word }) : word;
  });
  const make = async () => {
    setBusy(true);
    try {
      const { created } = await ask(false);
      await directoryChanged();
      toast(t('paste.places.done', { count: created }));
      onClose();
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
      title={t(`paste.places.title.${of}`)}
      onClose={() => guard(onClose)}
      footer={
        <div className={kit.drawerFoot}>
          <Button
            type="primary"
            disabled={count('new') === 0 || count('wrong') > 0}
            loading={busy}
            data-testid="make-places"
            onClick={() => void make()}
          >
            {t('paste.places.make', { count: count('new') })}
          </Button>
          <Button onClick={() => guard(onClose)}>{t('common.cancel')}</Button>
        </div>
      }
    >
      <p className={styles.lead}>{t('paste.places.lead')}</p>
      <Form layout="vertical">
        <Form.Item label={t(of === 'organization' ? 'paste.places.usualParent' : 'paste.places.usual')}>
          <OrganizationSelect value={organizationId} onChange={setOrganization} />
        </Form.Item>
        <Form.Item
          label={t('paste.text')}
          htmlFor="paste-places"
          extra={t('paste.places.columns', { columns: columns.join(t('common.separator')) })}
        >
          <Input.TextArea
            id="paste-places"
            rows={8}
            autoFocus
            value={text}
            placeholder={t(`paste.places.example.${of}`)}
            onChange={({ target }) => setText(target.value)}
          />
        </Form.Item>
      </Form>
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
      {fates && <PlaceLineList of={of} lines={fates.lines} />}
    </Drawer>
  );
}

import { Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import kit from '../admin/kit/Kit.module.css';

/** Whether a list shows what was closed instead of what is in use; kept in the address bar. */
export function useClosed(): boolean {
  const [params] = useSearchParams();
  return params.get('archived') === 'true';
}

export function ClosedFilter() {
  const { t } = useTranslation();
  const [, setParams] = useSearchParams();
  const closed = useClosed();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control.
    <label className={kit.switch}>
      <Switch
        checked={closed}
        onChange={(on) =>
          setParams(
            (before) => {
              const after = new URLSearchParams(before);
              after.delete('page');
              if (on) after.set('archived', 'true');
              else after.delete('archived');
              return after;
            },
            { replace: true },
          )
        }
      />
      {t('directory.onlyClosed')}
    </label>
  );
}

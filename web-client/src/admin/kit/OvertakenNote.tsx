import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { clockTime } from '../../ui/time.ts';
import { useLanguage } from '../../ui/use-language.ts';
import type { ComparedField, Standing } from './FormDrawer.tsx';
import styles from './Kit.module.css';

interface Props<Values> {
  /** Who was faster; empty where nobody knows. */
  by: string;
  /** Wall ms. */
  at: number | null;
  mine: Values;
  now: Standing<Values> | null;
  compared: readonly ComparedField<Values>[];
  onTakeNewest: (now: Standing<Values>) => void;
  onSaveMine: (now: Standing<Values>) => void;
}

/** Somebody else saved the same row meanwhile: what stands now beside what was typed here, and the choice. */
export function OvertakenNote<Values extends object>(props: Props<Values>) {
  const { by, at, mine, now, compared, onTakeNewest, onSaveMine } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  const different = now
    ? compared.filter(
        ({ name }) => JSON.stringify(now.values[name] ?? null) !== JSON.stringify(mine[name] ?? null),
      )
    : [];
  return (
    <Alert
      className={styles.trouble}
      type="warning"
      showIcon
      data-testid="overtaken"
      title={
        by === ''
          ? t('admin.overtaken.title')
          : t('admin.overtaken.titleBy', { by, time: at === null ? '' : clockTime(at, language) })
      }
      description={
        <>
          <p>{t('admin.overtaken.hint')}</p>
          {different.length > 0 && now && (
            <table className={styles.compared}>
              <thead>
                <tr>
                  <th scope="col" aria-label={t('admin.overtaken.field')} />
                  <th scope="col">{t('admin.overtaken.now')}</th>
                  <th scope="col">{t('admin.overtaken.mine')}</th>
                </tr>
              </thead>
              <tbody>
                {different.map(({ name, label, show = plain }) => (
                  <tr key={name}>
                    <th scope="row">{label}</th>
                    <td>{show(now.values[name])}</td>
                    <td>{show(mine[name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {now && (
            <div className={styles.choices}>
              <Button onClick={() => onTakeNewest(now)}>{t('admin.overtaken.takeNewest')}</Button>
              <Button type="link" onClick={() => onSaveMine(now)}>
                {t('admin.overtaken.saveMine')}
              </Button>
            </div>
          )}
        </>
      }
    />
  );
}

const plain = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '—' : String(value);

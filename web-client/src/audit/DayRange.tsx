import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import kit from '../admin/kit/Kit.module.css';

type Days = Record<string, string>;

/** From which day to which, kept in the address bar. */
export function useDays(): [Days, (part: 'from' | 'to', day: string) => void] {
  const [params, setParams] = useSearchParams();
  const days = Object.fromEntries(
    (['from', 'to'] as const).flatMap((part) => (params.get(part) ? [[part, params.get(part)!]] : [])),
  );
  return [
    days,
    (part, day) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          if (day) after.set(part, day);
          else after.delete(part);
          after.delete('page');
          return after;
        },
        { replace: true },
      ),
  ];
}

export function DayRange({
  days,
  change,
}: {
  days: Days;
  change: (part: 'from' | 'to', day: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      {(['from', 'to'] as const).map((part) => (
        <DayPicker
          key={part}
          className={kit.toolPick}
          aria-label={t(`audit.day.${part}`)}
          prefix={t(`audit.day.${part}`)}
          value={days[part] ?? ''}
          onChange={(day) => change(part, day)}
        />
      ))}
    </>
  );
}

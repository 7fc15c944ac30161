import { TimePicker } from 'antd';
import dayjs from 'dayjs';
import styles from './Kit.module.css';

/** As a clerk types a time; the first is how it is shown. */
const FORMATS = ['HH:mm', 'H:mm', 'HHmm', 'HH：mm'];
const ANY_DAY = '2000-01-01';

interface Props {
  id?: string;
  /** 'HH:mm', the empty string where none is chosen; given by the form. */
  value?: string;
  onChange?: (clock: string) => void;
  'aria-label'?: string;
}

/** A time of the day in a form, typed or chosen. */
export function ClockPicker({ value, onChange, ...rest }: Props) {
  return (
    <TimePicker
      {...rest}
      className={styles.pick}
      value={value ? dayjs(`${ANY_DAY}T${value}`) : null}
      onChange={(time) => onChange?.(time?.format(FORMATS[0]) ?? '')}
      format={FORMATS}
      minuteStep={5}
      needConfirm={false}
      allowClear={false}
    />
  );
}

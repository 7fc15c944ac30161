import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn.js';
import type { ReactNode } from 'react';
import styles from './Kit.module.css';

/** As a clerk types a day; the first is how it is shown. */
const FORMATS = ['YYYY-MM-DD', 'YYYY/M/D', 'YYYYMMDD'];

interface Props {
  id?: string;
  /** 'YYYY-MM-DD', the empty string where none is chosen; given by the form. */
  value?: string;
  onChange?: (day: string) => void;
  /** First and last day that can be chosen. */
  min?: string;
  max?: string;
  /** A day must stay chosen. */
  required?: boolean;
  prefix?: ReactNode;
  /** Without: as wide as its place. */
  className?: string;
  'aria-label'?: string;
}

/** A day in a form, in the words of the page whatever language the browser is in. */
export function DayPicker({ value, onChange, min, max, required, className = styles.pick, ...rest }: Props) {
  return (
    <DatePicker
      {...rest}
      className={className}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day?.format(FORMATS[0]) ?? '')}
      format={FORMATS}
      allowClear={!required}
      {...(min && { minDate: dayjs(min) })}
      {...(max && { maxDate: dayjs(max) })}
    />
  );
}

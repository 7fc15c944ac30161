import { Input } from 'antd';
import { clockOf, minuteOf } from '../ui/minutes.ts';

interface Props {
  id?: string;
  /** Minute of the school's day; given by the form. */
  value?: number;
  onChange?: (minute: number | undefined) => void;
  /** Somebody has changed it by hand. */
  onTyped?: () => void;
}

/** A time of the day in a form. */
export function MinuteInput({ id, value, onChange, onTyped }: Props) {
  return (
    <Input
      id={id}
      type="time"
      value={value === undefined ? '' : clockOf(value)}
      onChange={({ target }) => {
        onChange?.(minuteOf(target.value) ?? undefined);
        onTyped?.();
      }}
    />
  );
}

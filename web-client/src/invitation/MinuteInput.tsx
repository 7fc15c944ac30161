import { ClockPicker } from '../admin/kit/ClockPicker.tsx';
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
    <ClockPicker
      {...(id && { id })}
      value={value === undefined ? '' : clockOf(value)}
      onChange={(clock) => {
        onChange?.(minuteOf(clock) ?? undefined);
        onTyped?.();
      }}
    />
  );
}

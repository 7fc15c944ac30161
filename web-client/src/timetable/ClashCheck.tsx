import { Form } from 'antd';
import { useEffect } from 'react';
import { ClashList } from './ClashList.tsx';
import { type Draft, type Found, useClashes } from './use-clashes.ts';

interface Props<Values> {
  /** What the form's values ask for; null: too little yet. */
  draftOf: (values: Values) => Draft | null;
  school?: string;
  /** Tells the form, whose save button then says so. */
  onFound: (found: Found) => void;
}

/** In a form: who or what has another lesson at that time, asked while one types. */
export function ClashCheck<Values>({ draftOf, school, onFound }: Props<Values>) {
  const form = Form.useFormInstance();
  // Values without a field of their own count too.
  const values = Form.useWatch((all: Values) => all, { form, preserve: true });
  const { clashes, settled } = useClashes(values ? draftOf(values) : null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is new with every drawing.
  useEffect(() => onFound({ clashes, settled }), [clashes, settled]);
  return <ClashList clashes={clashes} {...(school !== undefined && { school })} />;
}

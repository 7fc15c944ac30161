import type { FormInstance } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#protocol/errors.ts';
import { ApiError } from '../../api/api-error.ts';
import type { PageErrorCode } from '../../i18n/errors.ts';

export interface FormTrouble {
  code: PageErrorCode;
  /** Sentences about what the form has no field for. */
  rest: string[];
}

const NOTHING: Readonly<Partial<Record<string, string>>> = {};
const OWN_WORDS: ReadonlySet<string> = new Set(['wrong', 'format']);

const pathOf = (name: readonly (string | number)[]): string => name.join('.');

/** A sentence for what is wrong with a field. */
export function useFieldSentence(): (error: FieldError) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ issue, values = {} }) =>
      (issue === 'taken' || issue === 'conflict') && values.by !== undefined
        ? t(`admin.fieldBy.${issue}`, { by: String(values.by) })
        : (issue === 'range' || issue === 'tooShort' || issue === 'tooLong') &&
            values.min === undefined &&
            values.max === undefined
          ? t('admin.field.format')
          : issue === 'range'
            ? t(
                values.min === undefined
                  ? 'admin.field.atMost'
                  : values.max === undefined
                    ? 'admin.field.atLeast'
                    : 'admin.field.range',
                { min: '', max: '', ...values },
              )
            : t(`admin.field.${issue}`, { min: '', max: '', ...values }),
    [t],
  );
}

/**
 * Puts what the platform refuses beside the fields of a form. `show` takes whatever was thrown; `trouble` is what is
 * said above the form. `amiss` has a page's own sentence for a field that is wrong or unreadable.
 */
export function useFormErrors(
  form: FormInstance,
  amiss: Readonly<Partial<Record<string, string>>> = NOTHING,
) {
  const usual = useFieldSentence();
  const sentence = useCallback(
    (field: FieldError) => (OWN_WORDS.has(field.issue) && amiss[field.path]) || usual(field),
    [usual, amiss],
  );
  const [trouble, setTrouble] = useState<FormTrouble | null>(null);
  const show = useCallback(
    (thrown: unknown): ApiError => {
      const error = ApiError.from(thrown);
      const rest: string[] = [];
      const said = new Map<string, { name: (string | number)[]; errors: string[] }>();
      for (const field of error.fields) {
        const at = fieldFor(form, field.path);
        if (!at) rest.push(sentence(field));
        else
          said.set(pathOf(at), {
            name: at,
            errors: [...(said.get(pathOf(at))?.errors ?? []), sentence(field)],
          });
      }
      form.setFields([...said.values()] as Parameters<typeof form.setFields>[0]);
      const [first] = said.values();
      if (first) form.scrollToField(first.name, { focus: true, block: 'center' });
      setTrouble({
        code: error.code === 'BAD_REQUEST' && error.fields.length > 0 ? 'FIELDS' : error.code,
        rest,
      });
      return error;
    },
    [form, sentence],
  );
  const clear = useCallback(() => setTrouble(null), []);
  return { trouble, show, clear };
}

/** The form's own field for a path of the request: itself, or the one that it lies in (`roles.0.role` in `roles`). */
function fieldFor(form: FormInstance, path: string): (string | number)[] | null {
  const names = form.getFieldsError().map(({ name }) => name);
  const within = names.filter((name) => path === pathOf(name) || path.startsWith(`${pathOf(name)}.`));
  return within.sort((a, b) => b.length - a.length)[0] ?? null;
}

import { IconX } from '@tabler/icons-react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetField, Facets } from '#protocol/search.ts';
import { measure } from '../theme/tokens.ts';
import styles from './FacetList.module.css';
import type { Asked } from './library-api.ts';

/** From the widest to the narrowest; the last ones only where a page is not already one school's or teacher's. */
const ORDER: readonly FacetField[] = [
  'kind',
  'stage',
  'grade',
  'subject',
  'edition',
  'volume',
  'chapter',
  'section',
  'point',
  'course',
  'organization',
  'author',
];
const SHOWN = 6;

interface Props {
  facets: Facets;
  /** How many were found: what all of them have narrows nothing. */
  total: number;
  /** Counts are of the first results alone. */
  more: boolean;
  asked: Asked;
  /** What the page itself asks for, and nobody takes back here. */
  fixed: readonly FacetField[];
  onChoose(field: FacetField, value: string | undefined): void;
}

/** By what the results are narrowed, with how many of them there are. */
export function FacetList({ facets, total, more, asked, fixed, onChoose }: Props) {
  const { t } = useTranslation();
  const fields = ORDER.filter((field) => {
    const [first, ...others] = facets[field] ?? [];
    if (!first || fixed.includes(field)) return false;
    return asked[field] !== undefined || others.length > 0 || first.count < total;
  });
  return (
    <div className={styles.facets}>
      {fields.map((field) => (
        <Facet
          key={field}
          field={field}
          values={facets[field] ?? []}
          more={more}
          chosen={asked[field]}
          onChoose={(value) => onChoose(field, value)}
        />
      ))}
      {fields.length === 0 && <p className={styles.none}>{t('library.noFacets')}</p>}
    </div>
  );
}

interface FacetProps {
  field: FacetField;
  values: NonNullable<Facets[FacetField]>;
  more: boolean;
  chosen: string | undefined;
  onChoose(value: string | undefined): void;
}

function Facet({ field, values, more, chosen, onChoose }: FacetProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const named = (value: string, label: string) =>
    field === 'kind' ? t(`library.kind.${value as 'replay'}`) : label;
  if (chosen !== undefined) {
    const { value, label } = values.find((one) => one.value === chosen) ?? { value: chosen, label: chosen };
    return (
      <section className={styles.facet}>
        <h2 className={styles.name}>{t(`library.facet.${field}`)}</h2>
        <button
          type="button"
          className={styles.chosen}
          aria-label={t('library.unchoose', { value: named(value, label) })}
          onClick={() => onChoose(undefined)}
        >
          <bdi>{named(value, label)}</bdi>
          <IconX size={measure.thumb} aria-hidden="true" />
        </button>
      </section>
    );
  }
  return (
    <section className={styles.facet}>
      <h2 className={styles.name}>{t(`library.facet.${field}`)}</h2>
      <ul>
        {(all ? values : values.slice(0, SHOWN)).map(({ value, label, count }) => (
          <li key={value}>
            <button
              type="button"
              className={styles.value}
              data-testid={`facet-${field}`}
              onClick={() => onChoose(value)}
            >
              <bdi>{named(value, label)}</bdi>
              <span className={styles.count}>{more ? t('library.atLeast', { count }) : count}</span>
            </button>
          </li>
        ))}
      </ul>
      {values.length > SHOWN && (
        <Button type="link" size="small" className={styles.all} onClick={() => setAll(!all)}>
          {t(all ? 'library.fewer' : 'library.all')}
        </Button>
      )}
    </section>
  );
}

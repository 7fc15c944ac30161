import { IconBook2, IconSearch, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import styles from './Library.module.css';
import { suggestionsQuery } from './library-api.ts';

interface Props {
  /** What is looked for now. */
  q: string;
  onSearch(q: string): void;
}

/** The question, with what may be meant by it: words, a part of them, pinyin or initials. */
export function SearchBox({ q, onSearch }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(q);
  const asked = useDeferredValue(text);
  const { data } = useQuery(suggestionsQuery(asked));
  const options = (asked.trim() === '' ? [] : (data ?? [])).map(({ text: value, kind }) => {
    const Icon = kind === 'resource' ? IconBook2 : IconTag;
    return {
      value,
      label: (
        <span className={styles.suggestion}>
          <Icon size={measure.thumb} aria-label={t(`library.suggestion.${kind as 'resource' | 'point'}`)} />
          <bdi>{value}</bdi>
        </span>
      ),
    };
  });
  const search = (wanted: string) => {
    setText(wanted);
    onSearch(wanted.trim());
  };
  return (
    <search className={styles.searchBox}>
      <AutoComplete
        className={styles.searchField}
        value={text}
        options={options}
        defaultActiveFirstOption={false}
        onChange={(value: string) => setText(value)}
        onSelect={search}
      >
        <Input
          size="large"
          allowClear={{ clearIcon: undefined }}
          prefix={<IconSearch size={measure.icon} aria-hidden="true" />}
          placeholder={t('library.placeholder')}
          aria-label={t('library.search')}
          maxLength={60}
          data-testid="library-search"
          onPressEnter={(event) => search(event.currentTarget.value)}
          onChange={(event) => {
            // The cross in the field clears the results as well.
            if (event.target.value === '' && event.type === 'click') search('');
          }}
        />
      </AutoComplete>
      <Button type="primary" size="large" onClick={() => search(text)}>
        {t('library.search')}
      </Button>
    </search>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Radio } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WordClass } from '#protocol/moderation.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './ModerationPage.module.css';
import { decodeText } from './read-text-file.ts';
import { wordsApi } from './words-api.ts';

const REFUSED_SHOWN = 10;

/** Adds words from a field or a file, and says of each line that was not taken why. */
export function AddWords({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wordClass, setWordClass] = useState<WordClass>('block');
  const [notText, setNotText] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const takeBack = useMutation({
    mutationFn: (batchId: string) => wordsApi.remove({ batchId }),
    onSuccess: () => add.reset(),
    onSettled: onDone,
  });
  const add = useMutation({
    mutationFn: (words: string) => wordsApi.add(words, wordClass),
    onMutate: () => {
      setNotText(false);
      takeBack.reset();
    },
    onSuccess: () => setText(''),
    onSettled: onDone,
  });
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    const words = decodeText(new Uint8Array(await chosen.arrayBuffer()));
    setNotText(words === null);
    if (words !== null) add.mutate(words);
  };
  const failure = add.error ?? takeBack.error;
  const done = add.data;
  return (
    <section className={styles.card}>
      <h2 className={styles.subtitle}>{t('moderation.addTitle')}</h2>
      <Radio.Group
        className={styles.classes}
        value={wordClass}
        onChange={({ target }) => setWordClass(target.value as WordClass)}
      >
        {WordClass.options.map((option) => (
          <Radio key={option} value={option} data-testid={`class-${option}`}>
            {t(`moderation.class.${option}`)}
            <span className={styles.hint}>{t(`moderation.classHint.${option}`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      <Input.TextArea
        rows={6}
        value={text}
        placeholder={t('moderation.placeholder')}
        aria-label={t('moderation.addTitle')}
        data-testid="new-words"
        onChange={({ target }) => setText(target.value)}
      />
      <p className={styles.hint}>{t('moderation.addHint')}</p>
      <div className={styles.buttons}>
        <Button
          type="primary"
          disabled={text.trim() === ''}
          loading={add.isPending}
          data-testid="add-words"
          onClick={() => add.mutate(text)}
        >
          {t(add.isPending ? 'moderation.importing' : 'moderation.add')}
        </Button>
        <Button disabled={add.isPending} onClick={() => file.current?.click()}>
          {t('moderation.file')}
        </Button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".txt,.csv,text/plain"
          data-testid="word-file"
          onChange={({ target }) => {
            void read(target.files?.[0]);
            target.value = '';
          }}
        />
      </div>
      {notText && <Alert type="error" showIcon title={t('moderation.notText')} />}
      {failure && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(failure).code} />} />}
      {takeBack.data && <Alert type="info" showIcon title={t('moderation.tookBack')} />}
      {done && (
        <Alert
          type={done.refusedCount > 0 ? 'warning' : 'success'}
          showIcon
          data-testid="import-result"
          title={
            <>
              {t('moderation.added', { count: done.added })}{' '}
              {done.known > 0 && t('moderation.known', { count: done.known })}
            </>
          }
          action={
            done.added > 0 && (
              <Button
                data-testid="undo-add"
                loading={takeBack.isPending}
                onClick={() => takeBack.mutate(done.batchId)}
              >
                {t('moderation.undo')}
              </Button>
            )
          }
          description={
            done.refusedCount > 0 && (
              <>
                <p>{t('moderation.refused', { count: done.refusedCount })}</p>
                <ul>
                  {done.refused.slice(0, REFUSED_SHOWN).map(({ line, text: refused, why }) => (
                    <li key={line}>
                      {t('moderation.line', { line })} <bdi className={styles.word}>{refused}</bdi>{' '}
                      <span className={styles.hint}>{t(`moderation.why.${why}`)}</span>
                    </li>
                  ))}
                  {done.refusedCount > REFUSED_SHOWN && (
                    <li>{t('moderation.more', { count: done.refusedCount - REFUSED_SHOWN })}</li>
                  )}
                </ul>
              </>
            )
          }
        />
      )}
    </section>
  );
}

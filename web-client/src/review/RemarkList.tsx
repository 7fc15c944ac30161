import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewRemark } from '#protocol/review.ts';
import { ApiError } from '../api/api-error.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { duration } from '../ui/time.ts';
import styles from './Review.module.css';
import type { PlayerHandle } from './ReviewPlayer.tsx';
import { reviewApi } from './review-api.ts';
import { SecondButton } from './SecondButton.tsx';

interface Props {
  resourceId: string;
  remarks: readonly ReviewRemark[];
  player: RefObject<PlayerHandle | null>;
  onChanged: () => void;
}

/** What reviewers wrote, each at its second; the author ticks off what is done. */
export function RemarkList({ resourceId, remarks, player, onChanged }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  /** Taken when one begins to write, so that the player may run on meanwhile. */
  const [atMs, setAtMs] = useState<number | null>(null);
  const add = useMutation({
    mutationFn: () => reviewApi.remark(resourceId, { text: text.trim(), atMs }),
    onSuccess: () => {
      setText('');
      setAtMs(null);
      onChanged();
    },
  });
  const tick = useMutation({
    mutationFn: ({ remarkId, done }: ReviewRemark) => reviewApi.setDone(resourceId, remarkId, !done),
    onSuccess: onChanged,
  });
  const failure = add.error ?? tick.error;
  return (
    <div className={styles.form}>
      <ul className={styles.list} data-testid="remarks">
        {remarks.map((remark) => (
          <li key={remark.remarkId} className={styles.line}>
            <SecondButton atMs={remark.atMs} onSeek={(ms) => player.current?.seek(ms)} />
            <div className={styles.lineText}>
              <bdi className={join(remark.done && styles.done)}>{remark.text}</bdi>
              <div className={styles.quiet}>
                {remark.byName}
                {remark.cutOut && ` · ${t('review.cutOut')}`}
              </div>
            </div>
            <Checkbox checked={remark.done} onChange={() => tick.mutate(remark)}>
              {t('review.remarkDone')}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Input.TextArea
        value={text}
        maxLength={500}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t('review.remarkHint')}
        aria-label={t('review.remarkHint')}
        onChange={({ target }) => {
          if (text === '') setAtMs(Math.floor(player.current?.now() ?? 0));
          setText(target.value);
        }}
      />
      <div className={styles.tools}>
        <Button
          type="primary"
          disabled={text.trim() === ''}
          loading={add.isPending}
          onClick={() => add.mutate()}
        >
          {atMs === null ? t('review.addRemark') : t('review.addRemarkAt', { time: duration(atMs) })}
        </Button>
        {atMs !== null && text !== '' && (
          <Button type="link" onClick={() => setAtMs(null)}>
            {t('review.forWhole')}
          </Button>
        )}
      </div>
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
    </div>
  );
}

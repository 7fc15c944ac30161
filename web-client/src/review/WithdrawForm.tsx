import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#protocol/resource.ts';
import type { Withdraw } from '#protocol/review.ts';
import styles from './Review.module.css';

interface Props {
  resource: Resource;
  pending: boolean;
  onWithdraw: (withdraw: Withdraw) => void;
}

/** Takes it off the shelf, with a reason; it can be put back. */
export function WithdrawForm({ resource, pending, onWithdraw }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <section className={styles.card} aria-labelledby="withdraw-title">
      <h2 className={styles.subtitle} id="withdraw-title">
        {t('review.withdrawTitle')}
      </h2>
      <Input.TextArea
        value={reason}
        maxLength={200}
        autoSize={{ minRows: 2, maxRows: 4 }}
        placeholder={t('review.reasonHint')}
        aria-label={t('review.reasonHint')}
        data-testid="reason"
        onChange={({ target }) => setReason(target.value)}
      />
      <Button
        loading={pending}
        disabled={reason.trim() === ''}
        data-testid="withdraw"
        onClick={() => onWithdraw({ version: resource.version, reason: reason.trim() })}
      >
        {t('review.withdraw')}
      </Button>
    </section>
  );
}

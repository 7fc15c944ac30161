import { useTranslation } from 'react-i18next';
import type { Account } from '#protocol/domain.ts';
import styles from './AccountButton.module.css';
import { RoleIcon } from './RoleIcon.tsx';

interface Props {
  account: Account;
  disabled: boolean;
  onChoose: () => void;
}

/** One person or room to come in as. */
export function AccountButton({ account, disabled, onChoose }: Props) {
  const { t } = useTranslation();
  const role = t(`role.${account.role}`);
  return (
    <button
      type="button"
      className={styles.account}
      data-testid={`account-${account.name}`}
      disabled={disabled}
      aria-label={t('signIn.enterAs', { name: account.name, role, organization: account.organizationName })}
      onClick={onChoose}
    >
      <span className={styles.icon}>
        <RoleIcon role={account.role} />
      </span>
      <span className={styles.words}>
        <span className={styles.name}>{account.name}</span>
        <span className={styles.hint}>
          {role} · {t(`roleHint.${account.role}`)}
        </span>
      </span>
    </button>
  );
}

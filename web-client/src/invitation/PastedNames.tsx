import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NameMatch } from '#protocol/invitation.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Invitation.module.css';
import { invitationApi } from './invitation-api.ts';

interface Props {
  organizationId: string;
  onInvite: (accountIds: string[]) => void;
}

const ROWS = 6;
/** What stands between two names in whatever was copied. */
const BETWEEN = /[\n\r\t,;、，；]+/;

/** A list of names from a chat or a table: each is looked up before anybody is invited. */
export function PastedNames({ organizationId, onInvite }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [matches, setMatches] = useState<NameMatch[] | null>(null);
  /** Of namesakes, who is meant; absent: the only one. */
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const check = useMutation({
    mutationFn: (names: string[]) => invitationApi.names(organizationId, names),
    onSuccess: (found) => {
      setMatches(found);
      setChosen({});
    },
  });
  const names = text
    .split(BETWEEN)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const accountIds = (matches ?? []).flatMap(({ name, people }) =>
    people.length === 1 ? [people[0]!.accountId] : chosen[name] ? [chosen[name]] : [],
  );
  return (
    <>
      <Input.TextArea
        rows={ROWS}
        value={text}
        aria-label={t('invitation.paste')}
        onChange={({ target }) => {
          setText(target.value);
          setMatches(null);
        }}
      />
      <p className={styles.quiet}>{t('invitation.pasteHint')}</p>
      {check.error && (
        <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(check.error).code} />} />
      )}
      {matches === null ? (
        <Button
          type="primary"
          disabled={names.length === 0}
          loading={check.isPending}
          onClick={() => check.mutate(names)}
        >
          {t('invitation.check')}
        </Button>
      ) : (
        <>
          <p>{t('invitation.matched', { count: accountIds.length })}</p>
          <ul className={styles.guests}>
            {matches
              .filter(({ people }) => people.length !== 1)
              .map(({ name, people }) => (
                <li key={name} className={styles.guest}>
                  <bdi className={styles.guestName}>{name}</bdi>
                  {people.length === 0 ? (
                    <span className={styles.warn}>{t('invitation.unknown')}</span>
                  ) : (
                    <Select
                      className={styles.choice}
                      placeholder={t('invitation.several')}
                      value={chosen[name]}
                      onChange={(accountId) => setChosen({ ...chosen, [name]: accountId })}
                      options={[
                        ...people.map(({ accountId, organizationName }) => ({
                          value: accountId,
                          label: `${name} · ${organizationName}`,
                        })),
                        { value: '', label: t('invitation.skip') },
                      ]}
                    />
                  )}
                </li>
              ))}
          </ul>
          <Button
            type="primary"
            disabled={accountIds.length === 0}
            onClick={() => {
              onInvite(accountIds);
              setText('');
              setMatches(null);
            }}
          >
            {t('invitation.inviteAll', { count: accountIds.length })}
          </Button>
        </>
      )}
    </>
  );
}

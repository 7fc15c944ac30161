import { IconKey } from '@tabler/icons-react';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { measure } from '../theme/tokens.ts';
import { access } from './access-api.ts';
import { directoryChanged } from './directory-api.ts';
import { Slips } from './Slips.tsx';

interface Props {
  account: Account;
  person: Person;
}

/** What helps somebody who cannot come in, or should no longer. */
export function AccessTools({ account, person }: Props) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const toast = useUndoToast();
  const [slips, setSlips] = useState(false);
  /** The person is as they were when the drawer opened. */
  const [off, setOff] = useState(person.state === 'disabled');
  if (scopeOf(account.role, 'person.access') === null || person.accountId === account.accountId) return null;
  const { accountId, name } = person;
  const act = (what: 'disable' | 'enable', back: 'disable' | 'enable') =>
    attempt(async () => {
      await access.act(accountId, what);
      setOff(what === 'disable');
      await directoryChanged();
      toast(t(`directory.access.done.${what}`, { name }), async () => {
        await access.act(accountId, back);
        setOff(back === 'disable');
        setOff(back === 'disable');
        await directoryChanged();
      });
    });
  const plainly = (what: 'end-sessions' | 'reset-second-factor', word: string) =>
    attempt(async () => {
      await access.act(accountId, what);
      toast(word);
    });
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'link', label: t('directory.access.link'), onClick: () => setSlips(true) },
            {
              key: 'end',
              label: t('directory.access.end'),
              onClick: () => plainly('end-sessions', t('directory.access.ended', { name })),
            },
            {
              key: 'factor',
              label: t('directory.access.factor'),
              onClick: () => plainly('reset-second-factor', t('directory.access.factorDone', { name })),
            },
            off
              ? {
                  key: 'enable',
                  label: t('directory.access.enable'),
                  onClick: () => act('enable', 'disable'),
                }
              : {
                  key: 'disable',
                  danger: true,
                  label: t('directory.access.disable'),
                  onClick: () => act('disable', 'enable'),
                },
          ],
        }}
      >
        <Button icon={<IconKey size={measure.icon} stroke={1.5} />} data-testid="access">
          {t('directory.access.title')}
        </Button>
      </Dropdown>
      {slips && <Slips people={[person]} onClose={() => setSlips(false)} />}
    </>
  );
}

import { App, Button, Dropdown, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkAct, type Person, PersonRole } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { Slips } from './Slips.tsx';

type Act = BulkAct['act'];
type Asked = 'giveRole' | 'takeRole' | 'move';

interface Props {
  account: Account;
  people: Person[];
  usual: Id;
  clear: () => void;
}

/** The acts that take `act` back; none where it cannot be. */
function backOf(act: Act, people: readonly Person[], done: readonly Id[]): BulkAct[] {
  const all = (back: Act): BulkAct[] => [{ accountIds: [...done], act: back }];
  switch (act.kind) {
    case 'disable':
      return all({ kind: 'enable' });
    case 'enable':
      return all({ kind: 'disable' });
    case 'archive':
      return all({ kind: 'restore' });
    case 'restore':
      return all({ kind: 'archive' });
    case 'giveRole':
      return all({ ...act, kind: 'takeRole' });
    case 'takeRole':
      return all({ ...act, kind: 'giveRole' });
    case 'move': {
      const moved = people.filter(({ accountId }) => done.includes(accountId));
      return [...Map.groupBy(moved, ({ organizationId }) => organizationId)].map(
        ([organizationId, group]) => ({
          accountIds: group.map(({ accountId }) => accountId),
          act: { kind: 'move', organizationId },
        }),
      );
    }
  }
}

/** What is done to everybody who is ticked. */
export function BulkBar({ account, people, usual, clear }: Props) {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const attempt = useAttempt();
  const toast = useUndoToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [slips, setSlips] = useState<Person[] | null>(null);
  const may = (action: Parameters<typeof scopeOf>[1]) => scopeOf(account.role, action) !== null;

  const run = (act: Act) =>
    attempt(async () => {
      setAsked(null);
      const { done, refused } = await directory.bulk({
        accountIds: people.map(({ accountId }) => accountId),
        act,
      });
      await directoryChanged();
      clear();
      if (done.length > 0)
        toast(t(`directory.bulk.done.${act.kind}`, { count: done.length }), async () => {
          for (const back of backOf(act, people, done)) await directory.bulk(back);
          await directoryChanged();
        });
      if (refused.length > 0)
        notification.warning({
          title: t('directory.bulk.refused', { count: refused.length }),
          description: [...Map.groupBy(refused, ({ reason }) => reason)].map(([reason, group]) => (
            <p key={reason}>
              {t(`directory.bulk.reason.${reason}`)}{' '}
              {group
                .map(({ name }) => name)
                .filter(Boolean)
                .join(t('common.separator'))}
            </p>
          )),
          duration: 0,
        });
    });

  const item = (key: Act['kind'], work: () => void) => ({
    key,
    label: t(`directory.bulk.act.${key}`),
    onClick: work,
  });
  const simple = (kind: 'disable' | 'enable' | 'archive' | 'restore') => item(kind, () => void run({ kind }));
  return (
    <>
      {may('person.grant') && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              item('giveRole', () => setAsked('giveRole')),
              item('takeRole', () => setAsked('takeRole')),
            ],
          }}
        >
          <Button>{t('directory.bulk.role')}</Button>
        </Dropdown>
      )}
      {may('person.edit') && <Button onClick={() => setAsked('move')}>{t('directory.bulk.act.move')}</Button>}
      {may('person.access') && <Button onClick={() => setSlips(people)}>{t('directory.slips.title')}</Button>}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(may('person.access') ? [simple('disable'), simple('enable')] : []),
            ...(may('person.edit') ? [simple('archive'), simple('restore')] : []),
          ],
        }}
      >
        <Button>{t('directory.bulk.state')}</Button>
      </Dropdown>
      {asked && (
        <AskWhere
          kind={asked}
          count={people.length}
          usual={usual}
          onCancel={() => setAsked(null)}
          onChosen={run}
        />
      )}
      {slips && <Slips people={slips} onClose={() => setSlips(null)} />}
    </>
  );
}

interface AskProps {
  kind: Asked;
  count: number;
  usual: Id;
  onCancel: () => void;
  onChosen: (act: Act) => void;
}

/** Which role, and at which organization. */
function AskWhere({ kind, count, usual, onCancel, onChosen }: AskProps) {
  const { t } = useTranslation();
  const [organizationId, setOrganization] = useState(usual);
  const [role, setRole] = useState<PersonRole>('teacher');
  return (
    <Modal
      open
      title={t(`directory.bulk.act.${kind}`)}
      okText={t('directory.bulk.go', { count })}
      cancelText={t('common.cancel')}
      onCancel={onCancel}
      onOk={() => onChosen(kind === 'move' ? { kind, organizationId } : { kind, role, organizationId })}
    >
      <Form layout="vertical">
        {kind !== 'move' && (
          <Form.Item label={t('directory.person.roles')}>
            <Select
              value={role}
              onChange={setRole}
              options={PersonRole.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item
          label={t('directory.place')}
          {...(kind === 'move' && { extra: t('directory.bulk.moveHint') })}
        >
          <OrganizationSelect value={organizationId} onChange={setOrganization} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

import { IconClipboardText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClassGroup, Member } from '#protocol/directory.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';
import { PasteDrawer } from './PasteDrawer.tsx';

interface Props {
  group: ClassGroup;
  onClose: () => void;
}

/** The pupils of a class: added by pasting their names, taken out one by one. */
export function MembersDrawer({ group, onClose }: Props) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const toast = useUndoToast();
  const [pasting, setPasting] = useState(false);
  const { classGroupId, organizationId, name } = group;
  const { data, error } = useQuery({
    queryKey: ['members', classGroupId],
    queryFn: () => directory.members(classGroupId),
  });
  const remove = ({ accountId, name: pupil }: Member) =>
    attempt(async () => {
      await directory.removeMember(classGroupId, accountId);
      await directoryChanged();
      toast(t('directory.group.removed', { name: pupil }), async () => {
        await directory.addMember(classGroupId, accountId);
        await directoryChanged();
      });
    });
  const add = (
    <Button
      type="primary"
      icon={<IconClipboardText size={measure.icon} stroke={1.5} />}
      data-testid="paste-pupils"
      onClick={() => setPasting(true)}
    >
      {t('directory.group.addPupils')}
    </Button>
  );
  return (
    <Drawer
      open
      size={measure.prose}
      title={t('directory.group.members', { name })}
      onClose={onClose}
      extra={data?.length ? add : null}
    >
      {error ? (
        <ErrorNote code={ApiError.from(error).code} />
      ) : data === undefined ? (
        <Waiting />
      ) : data.length === 0 ? (
        <EmptyNote
          title={t('directory.group.noPupils')}
          hint={t('directory.group.noPupilsHint')}
          action={add}
        />
      ) : (
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{t('directory.group.pupilCount', { count: data.length })}</th>
              <th scope="col">{t('directory.person.number')}</th>
              <th scope="col">{t('directory.person.login')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.map((member) => (
              <tr key={member.accountId}>
                <td>
                  <bdi>{member.name}</bdi>
                </td>
                <td>{member.number}</td>
                <td>{member.login}</td>
                <td>
                  <Button type="link" onClick={() => remove(member)}>
                    {t('directory.group.remove')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pasting && (
        <PasteDrawer
          classGroup={{ classGroupId, organizationId, name }}
          usual={organizationId}
          onClose={() => setPasting(false)}
          onDone={(people) => {
            setPasting(false);
            toast(t('paste.done', { count: people.length }));
          }}
        />
      )}
    </Drawer>
  );
}

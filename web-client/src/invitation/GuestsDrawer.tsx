import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity, Guest, GuestPart } from '#protocol/invitation.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Invitation.module.css';
import { invitationApi } from './invitation-api.ts';
import { PastedNames } from './PastedNames.tsx';
import { PersonSelect } from './PersonSelect.tsx';

interface Props {
  activity: Activity;
  open: boolean;
  onClose: () => void;
  onChanged: () => void;
}

const TAGS = { invited: 'default', accepted: 'green', declined: 'orange' } as const;

/** Who is invited and what they answered; more are invited one by one or from a pasted list. */
export function GuestsDrawer({ activity, open, onClose, onChanged }: Props) {
  const { t } = useTranslation();
  const phone = usePhone();
  const toast = useUndoToast();
  const [part, setPart] = useState<GuestPart>('guest');
  const [way, setWay] = useState<'pick' | 'paste'>('pick');
  const act = useMutation({ mutationFn: (what: () => Promise<unknown>) => what(), onSuccess: onChanged });
  const { lessonId, organizationId, guests, state } = activity;
  const invite = (accountIds: readonly string[]) =>
    act.mutate(async () => {
      await invitationApi.invite(lessonId, part, accountIds);
      toast(t('invitation.invited', { count: accountIds.length }));
    });
  const uninvite = ({ accountId, name, part: before }: Guest) =>
    act.mutate(async () => {
      await invitationApi.uninvite(lessonId, accountId);
      toast(t('invitation.uninvited', { name }), async () => {
        await invitationApi.invite(lessonId, before, [accountId]);
        onChanged();
      });
    });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={activity.title}
      size={phone ? '100%' : measure.prose}
      destroyOnHidden
    >
      {(state === 'planned' || state === 'running') && (
        <section className={styles.inviting}>
          <div className={styles.buttons}>
            <Segmented
              value={part}
              onChange={setPart}
              options={(['guest', 'reviewer'] as const).map((value) => ({
                value,
                label: t(`invitation.part.${value}`),
              }))}
            />
            <Segmented
              value={way}
              onChange={setWay}
              options={(['pick', 'paste'] as const).map((value) => ({
                value,
                label: t(`invitation.${value}`),
              }))}
            />
          </div>
          <p className={styles.quiet}>{t('invitation.partHint')}</p>
          {way === 'pick' ? (
            <PersonSelect
              key={guests.length}
              path="/api/activities/people"
              organizationId={organizationId}
              onChange={(accountId) => invite([accountId])}
            />
          ) : (
            <PastedNames organizationId={organizationId} onInvite={invite} />
          )}
          {act.error && (
            <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(act.error).code} />} />
          )}
        </section>
      )}
      {guests.length === 0 && <p className={styles.quiet}>{t('invitation.nobody')}</p>}
      <ul className={styles.guests}>
        {guests.map((guest) => (
          <li key={guest.accountId} className={styles.guest}>
            <span className={styles.guestName}>
              <bdi>{guest.name}</bdi> <span className={styles.quiet}>{guest.organizationName}</span>
            </span>
            <Tag>{t(`invitation.part.${guest.part}`)}</Tag>
            <Tag color={TAGS[guest.state]}>{t(`invitation.answers.${guest.state}`)}</Tag>
            {state === 'planned' && (
              <Button type="link" onClick={() => uninvite(guest)}>
                {t('invitation.uninvite')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

import { App, Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Activity, InvitationState } from '#protocol/invitation.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { join } from '../ui/class-names.ts';
import { useSharedAddress } from '../ui/shared-address.ts';
import { ActivityForm } from './ActivityForm.tsx';
import { ActivityWhen, useActivityWhen } from './ActivityWhen.tsx';
import { GuestsDrawer } from './GuestsDrawer.tsx';
import styles from './Invitation.module.css';
import { invitationApi } from './invitation-api.ts';

interface Props {
  activity: Activity;
  onChanged: () => void;
}

const TAGS = { planned: 'blue', running: 'green', over: 'default', cancelled: 'orange' } as const;

/** One activity: when and where, who comes, and what can be done with it. */
export function ActivityCard({ activity, onChanged }: Props) {
  const { t } = useTranslation();
  const when = useActivityWhen();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const invitations = useSharedAddress()('/invitations');
  const [opened, setOpened] = useState<'edit' | 'guests' | 'cancel' | null>(null);
  const { lessonId, state, title, guests, note, plannedStart, plannedEnd } = activity;
  const close = () => setOpened(null);
  const remind = async () => {
    const text = t('invitation.reminderText', {
      title,
      when: when(plannedStart, plannedEnd),
      teacher: activity.teacherName,
      room: activity.roomName,
      address: invitations,
    });
    await navigator.clipboard?.writeText(text);
    void message.success(t('invitation.reminderCopied'));
  };
  return (
    <article
      className={join(styles.card, state === 'cancelled' && styles.off)}
      data-testid={`activity-${lessonId}`}
    >
      <div className={styles.words}>
        <h3 className={styles.title}>
          <bdi>{title}</bdi> <Tag color={TAGS[state]}>{t(`invitation.state.${state}`)}</Tag>
        </h3>
        <p>
          <ActivityWhen {...activity} />
        </p>
        <p className={styles.quiet}>
          {[
            activity.subject,
            activity.grade,
            activity.teacherName,
            activity.roomName,
            activity.organizationName,
          ].join(' · ')}
          {activity.rubricTitle !== null && ` · ${activity.rubricTitle}`}
        </p>
        {note && <p className={styles.quiet}>{note}</p>}
        <p className={guests.length === 0 ? styles.quiet : styles.count}>
          {guests.length === 0 ? t('invitation.nobody') : t('invitation.count', countsOf(activity))}
        </p>
      </div>
      <div className={styles.buttons}>
        <Button
          type={guests.length === 0 && state === 'planned' ? 'primary' : 'default'}
          onClick={() => setOpened('guests')}
          data-testid="guests"
        >
          {t('invitation.guests')}
        </Button>
        {state === 'planned' && (
          <>
            <Button onClick={remind}>{t('invitation.reminder')}</Button>
            <Button onClick={() => setOpened('edit')}>{t('invitation.edit')}</Button>
            <Button onClick={() => setOpened('cancel')}>{t('invitation.cancel')}</Button>
          </>
        )}
      </div>
      <ActivityForm
        activity={activity}
        organizationId={activity.organizationId}
        open={opened === 'edit'}
        onClose={close}
        onSaved={(now) => {
          const moved = now.plannedStart !== plannedStart || now.plannedEnd !== plannedEnd;
          toast(t(moved ? 'invitation.movedNow' : 'invitation.changed'));
          onChanged();
        }}
      />
      <GuestsDrawer activity={activity} open={opened === 'guests'} onClose={close} onChanged={onChanged} />
      <FormDrawer<{ reason: string }, Activity>
        title={t('invitation.cancel')}
        open={opened === 'cancel'}
        onClose={close}
        initial={{ reason: '' }}
        version={activity.version}
        save={({ reason }, version) => invitationApi.cancel(lessonId, { reason, version })}
        saveWord={t('invitation.cancel')}
        onSaved={() => {
          toast(t('invitation.cancelled'));
          onChanged();
        }}
      >
        <Form.Item name="reason" label={t('invitation.cancelReason')} required>
          <Input.TextArea />
        </Form.Item>
      </FormDrawer>
    </article>
  );
}

const countsOf = ({ guests }: Activity) =>
  Object.fromEntries(
    InvitationState.options.map((answer) => [answer, guests.filter(({ state }) => state === answer).length]),
  );

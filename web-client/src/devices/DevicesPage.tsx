import { IconChevronLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Popconfirm, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { RoomDevice } from '#protocol/device.ts';
import { GONE_MS } from '#protocol/room-screen.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './DevicesPage.module.css';
import { devicesApi, devicesQuery } from './devices-api.ts';
import { PairingCard } from './PairingCard.tsx';

const TICK_MS = 10_000;

/** The devices of one classroom: a code for the next, and what each is, when it was here, and how it ends. */
export function DevicesPage() {
  const { classroomId = '' } = useParams();
  const { t } = useTranslation();
  const { data, error } = useQuery(devicesQuery(classroomId));
  return (
    <App>
      <Link to="/admin/classrooms" className={terms.back}>
        <IconChevronLeft size={measure.icon} />
        {t('directory.room.title')}
      </Link>
      <PageHead
        title={data ? t('devices.title', { room: data.name }) : t('devices.word')}
        lead={data ? t('devices.lead', { school: data.organizationName }) : undefined}
      />
      {error && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active />}
      {data && (
        <div className={styles.page}>
          <PairingCard classroomId={classroomId} known={data.devices.length} openUntil={data.codeExpiresAt} />
          {data.devices.length === 0 ? (
            <EmptyNote title={t('devices.empty')} hint={t('devices.emptyHint')} />
          ) : (
            <ul className={styles.list}>
              {data.devices.map((device) => (
                <DeviceRow key={device.deviceId} classroomId={classroomId} device={device} />
              ))}
            </ul>
          )}
        </div>
      )}
    </App>
  );
}

function DeviceRow({ classroomId, device }: { classroomId: string; device: RoomDevice }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useNow(TICK_MS);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const { queryKey } = devicesQuery(classroomId);
  const keep = {
    onSuccess: (devices: Awaited<ReturnType<typeof devicesApi.revoke>>) =>
      queries.setQueryData(queryKey, devices),
    onError: (failure: Error) => message.error(<ErrorNote code={ApiError.from(failure).code} />),
  };
  const rename = useMutation({
    mutationFn: (name: string) => devicesApi.rename(device.deviceId, name),
    ...keep,
  });
  const revoke = useMutation({ mutationFn: () => devicesApi.revoke(device.deviceId), ...keep });
  const { deviceId, name, browser, pairedAt, pairedByName, seenAt, revokedAt } = device;
  const at = (moment: number) => `${longDate(moment, language)} ${clockTime(moment, language)}`;
  const isHere = seenAt !== null && now - seenAt < GONE_MS;
  return (
    <li className={styles.device} data-testid={`device-${deviceId}`} data-revoked={revokedAt !== null}>
      <div className={styles.words}>
        <Typography.Text
          strong
          delete={revokedAt !== null}
          editable={
            revokedAt === null && {
              maxLength: 40,
              tooltip: t('devices.rename'),
              onChange: (typed) => typed.trim() && typed !== name && rename.mutate(typed),
            }
          }
        >
          {name || t('devices.unnamed')}
        </Typography.Text>
        <p className={styles.detail}>
          {browser && browser !== name && `${browser} · `}
          {t('devices.paired', { at: at(pairedAt), by: pairedByName ?? t('devices.somebody') })}
        </p>
      </div>
      <p className={isHere ? styles.here : styles.detail}>
        {revokedAt !== null
          ? t('devices.revokedAt', { at: at(revokedAt) })
          : isHere
            ? t('devices.here')
            : t('devices.seen', { at: at(seenAt ?? pairedAt) })}
      </p>
      {revokedAt === null && (
        <Popconfirm
          title={t('devices.revokeTitle', { name })}
          description={t('devices.revokeHint')}
          okText={t('devices.revoke')}
          cancelText={t('common.cancel')}
          okButtonProps={{ danger: true, 'data-testid': 'revoke-confirm' } as never}
          onConfirm={() => revoke.mutate()}
        >
          <Button danger data-testid={`revoke-${deviceId}`} loading={revoke.isPending}>
            {t('devices.revoke')}
          </Button>
        </Popconfirm>
      )}
    </li>
  );
}

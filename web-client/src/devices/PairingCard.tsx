import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { useSharedAddress } from '../ui/shared-address.ts';
import { duration } from '../ui/time.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './DevicesPage.module.css';
import { devicesApi, devicesQuery } from './devices-api.ts';

const TICK_MS = 1_000;

interface Props {
  classroomId: string;
  /** How many devices there are: one more, and the code was typed. */
  known: number;
  openUntil: number | null;
}

/** Opens a code and shows it until it is typed in the room or its time is up. */
export function PairingCard({ classroomId, known, openUntil }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const now = useNow(TICK_MS);
  const address = useSharedAddress();
  const [knownBefore, setKnownBefore] = useState(known);
  const refresh = () => queries.invalidateQueries({ queryKey: devicesQuery(classroomId).queryKey });
  const open = useMutation({
    mutationFn: () => devicesApi.openCode(classroomId),
    onSuccess: () => {
      setKnownBefore(known);
      return refresh();
    },
  });
  const close = useMutation({
    mutationFn: () => devicesApi.closeCode(classroomId),
    onSuccess: () => {
      open.reset();
      return refresh();
    },
  });
  const shown = open.data && openUntil !== null && now < open.data.expiresAt ? open.data : null;
  const typed = open.data !== undefined && known > knownBefore;
  return (
    <section className={styles.card}>
      {shown ? (
        <>
          <p className={styles.code} data-testid="pairing-code">
            {shown.code.slice(0, 3)} {shown.code.slice(3)}
          </p>
          <div className={styles.words}>
            <p>{t('devices.how', { address: address('/pair') })}</p>
            <p className={styles.detail} role="timer">
              {t('devices.left', { time: duration(shown.expiresAt - now) })}
            </p>
          </div>
          <Button onClick={() => close.mutate()}>{t('devices.closeCode')}</Button>
        </>
      ) : (
        <>
          <div className={styles.words}>
            <p role="status">
              {t(typed ? 'devices.done' : openUntil ? 'devices.openElsewhere' : 'devices.add')}
            </p>
            <p className={styles.detail}>{t('devices.addHint')}</p>
          </div>
          <Button
            type="primary"
            size="large"
            loading={open.isPending}
            data-testid="open-pairing"
            onClick={() => open.mutate()}
          >
            {t('devices.openCode')}
          </Button>
        </>
      )}
      {open.error && <ErrorNote code={ApiError.from(open.error).code} />}
    </section>
  );
}

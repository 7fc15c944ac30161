import { IconPrinter } from '@tabler/icons-react';
import { Alert, Button, Modal, Progress, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import type { Id } from '#protocol/ids.ts';
import { ApiError } from '../api/api-error.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Printed } from '../ui/Printed.tsx';
import { useSharedAddress } from '../ui/shared-address.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { access } from './access-api.ts';
import styles from './Slips.module.css';

interface Named {
  accountId: Id;
  name: string;
  login: string | null;
}
interface Slip extends Named {
  path: string;
  expiresAt: number;
}

interface Props {
  people: readonly Named[];
  onClose: () => void;
}

/** A slip for each to take along: the login, and a way to set a password that opens once. */
export function Slips({ people, onClose }: Props) {
  const { t } = useTranslation();
  const [slips, setSlips] = useState<Slip[]>([]);
  const [failed, setFailed] = useState<PageErrorCode | null>(null);
  useEffect(() => {
    let wanted = true;
    const make = async () => {
      for (const person of people) {
        if (!wanted) return;
        const { path, expiresAt } = await access.link(person.accountId);
        const { accountId, name, login } = person;
        const slip = { accountId, name, login, path, expiresAt };
        if (wanted) setSlips((before) => [...before.filter((one) => one.accountId !== accountId), slip]);
      }
    };
    make().catch((thrown: unknown) => setFailed(ApiError.from(thrown).code));
    return () => {
      wanted = false;
    };
  }, [people]);
  const ready = slips.length === people.length;
  return (
    <>
      <Modal
        open
        title={t('directory.slips.title')}
        onCancel={onClose}
        width={measure.prose}
        footer={
          <div className={styles.foot}>
            <Button onClick={onClose}>{t('directory.slips.close')}</Button>
            <Button
              type="primary"
              disabled={!ready}
              icon={<IconPrinter size={measure.icon} stroke={1.5} />}
              onClick={() => print()}
            >
              {t('directory.slips.print')}
            </Button>
          </div>
        }
      >
        <p className={styles.lead}>{t('directory.slips.lead')}</p>
        {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
        {!ready && !failed && (
          <Progress
            percent={Math.round((slips.length / people.length) * 100)}
            aria-label={t('directory.slips.making')}
          />
        )}
        <div className={styles.shown}>
          {slips.map((slip) => (
            <OneSlip key={slip.accountId} slip={slip} copyable />
          ))}
        </div>
      </Modal>
      <Printed>
        <div className={styles.sheet}>
          {slips.map((slip) => (
            <OneSlip key={slip.accountId} slip={slip} />
          ))}
        </div>
      </Printed>
    </>
  );
}

function OneSlip({ slip, copyable = false }: { slip: Slip; copyable?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const address = useSharedAddress()(slip.path);
  const until = `${longDate(slip.expiresAt, language)} ${clockTime(slip.expiresAt, language)}`;
  return (
    <article className={styles.slip}>
      <img
        className={styles.code}
        alt={t('directory.slips.code')}
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(address, { border: 1 }))}`}
      />
      <div className={styles.words}>
        <p className={styles.name}>
          <bdi>{slip.name}</bdi>
        </p>
        <p>{slip.login ? t('directory.slips.login', { login: slip.login }) : t('directory.slips.noLogin')}</p>
        <p className={styles.until}>{t('directory.slips.until', { until })}</p>
        <Typography.Text
          className={styles.address}
          copyable={
            copyable && { icon: [t('directory.slips.copy'), t('directory.slips.copied')], tooltips: false }
          }
        >
          {address}
        </Typography.Text>
      </div>
    </article>
  );
}

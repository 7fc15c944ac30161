import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { SwitchName } from '#protocol/steering.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import sheet from '../presenter/Sheet.module.css';
import { Sheet } from '../presenter/Sheet.tsx';
import { Button } from '../ui/Button.tsx';
import { RollTable } from './RollTable.tsx';
import styles from './Steering.module.css';
import type { Act } from './use-act.ts';

/** What is not needed every minute: switches, attendance, who observes, who was removed. */
export function MoreButton({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { switches, switchesSeq: seen, forbidden } = live.steering;
  const observers = [...live.participants.values()].filter(({ role }) => role === 'observer');
  return (
    <div className={sheet.anchor}>
      <BarButton
        icon={IconDots}
        word={t('steering.more')}
        aria-expanded={open}
        data-testid="more"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('steering.switches')} wide end onClose={() => setOpen(false)}>
          <div className={styles.switches}>
            {SwitchName.options.map((name) => (
              <button
                key={name}
                type="button"
                role="switch"
                aria-checked={switches[name]}
                className={styles.switch}
                data-testid={`switch-${name}`}
                onClick={() => void act('switches.set', { switches: { [name]: !switches[name] }, seen })}
              >
                <span>{t(`steering.switch.${name}`)}</span>
                <strong>{t(switches[name] ? 'steering.on' : 'steering.off')}</strong>
              </button>
            ))}
          </div>
          <h3 className={sheet.label}>{t('steering.roll')}</h3>
          <RollTable live={live} />
          <h3 className={sheet.label}>{t('steering.observers')}</h3>
          <p data-testid="observers">
            {observers.length === 0
              ? t('steering.noObservers')
              : observers
                  .map(({ name, organizationName }) => `${name} · ${organizationName}`)
                  .join(t('common.separator'))}
          </p>
          <p className={sheet.note}>{t('steering.keys')}</p>
          {forbidden.size > 0 && <h3 className={sheet.label}>{t('steering.removed')}</h3>}
          <ul className={sheet.choices}>
            {[...forbidden].map(([accountId, name]) => (
              <li key={accountId} className={styles.removed}>
                <span>{name}</span>
                <Button onClick={() => void act('participant.readmit', { accountId })}>
                  {t('steering.readmit')}
                </Button>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </div>
  );
}

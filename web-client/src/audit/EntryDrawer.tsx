import { Descriptions, Drawer, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '#protocol/audit.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { measure } from '../theme/tokens.ts';
import { detailLines } from './detail-lines.ts';
import { TONE, timeOf, whoOf } from './entry-words.ts';
import { useDetailWords } from './use-detail-words.ts';

/** One line of the audit with all that it says. */
export function EntryDrawer({ entry, onClose }: { entry: AuditEntry | null; onClose: () => void }) {
  const { t } = useTranslation();
  const phone = usePhone();
  return (
    <Drawer
      open={entry !== null}
      onClose={onClose}
      size={phone ? '100%' : measure.prose}
      title={entry && t(`audit.did.${entry.action}`)}
      destroyOnHidden
    >
      {entry && <Lines entry={entry} />}
    </Drawer>
  );
}

function Lines({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const words = useDetailWords(entry.names);
  const { at, role, organizationName, object, result, address, detail, seq } = entry;
  const known: [string, ReactNode][] = [
    [t('audit.at'), timeOf(at)],
    [t('audit.who'), whoOf(entry, t) + (role ? ` · ${t(`role.${role}`)}` : '')],
    [t('audit.on'), object?.name],
    [t('audit.organization'), organizationName],
    [
      t('audit.result'),
      <Tag key="result" color={TONE[result]}>
        {t(`audit.results.${result}`)}
      </Tag>,
    ],
  ];
  const said = detailLines(detail).map(({ key, value, ...rest }): [string, ReactNode] => [
    words.field(key),
    'before' in rest
      ? t('audit.becomes', { before: words.value(rest.before), after: words.value(value) })
      : words.value(value),
  ]);
  const last: [string, ReactNode][] = [
    [t('audit.from'), address],
    [t('audit.seq'), seq],
  ];
  const items = [...known, ...said, ...last].filter(([, value]) => value);
  return (
    <Descriptions
      bordered
      column={1}
      size="small"
      items={items.map(([label, children], key) => ({ key, label, children }))}
    />
  );
}

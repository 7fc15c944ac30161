import {
  IconBuildingBank,
  IconBuildingCommunity,
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconHome,
} from '@tabler/icons-react';
import { Button, Dropdown, Empty, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organization } from '#protocol/directory.ts';
import type { OrganizationKind } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { measure } from '../theme/tokens.ts';
import type { Edited } from './OrganizationForm.tsx';
import styles from './OrganizationTree.module.css';
import { type Branch, linesOf } from './tree.ts';

const ICONS: Record<OrganizationKind, typeof IconHome> = {
  bureau: IconBuildingBank,
  school: IconBuildingCommunity,
  teachingPoint: IconHome,
};
/** Deeper lines begin no further to the right. */
const DEEPEST_INDENT = 8;

interface Props {
  branches: readonly Branch[];
  isTop: (organization: Organization) => boolean;
  isOpen: (branch: Branch) => boolean;
  toggle: (branch: Branch) => void;
  mayEdit: boolean;
  onEdit: (edited: Edited) => void;
  onClose: (organization: Organization, act: 'archive' | 'restore') => void;
  /** Among its siblings, before that one; null: last. */
  onMove: (organization: Organization, beforeId: Id | null) => void;
}

/** A line each: what it is, what hangs on it, what can be done with it. */
export function OrganizationTree(props: Props) {
  const { branches, isTop, isOpen, toggle, mayEdit, onEdit, onClose, onMove } = props;
  const { t } = useTranslation();
  const lines = linesOf(branches, isOpen);
  if (lines.length === 0) return <Empty description={t('admin.table.nothing')} />;
  const siblings = new Map(
    lines.flatMap(({ children }) =>
      children.map(({ organization }, at) => [
        organization.organizationId,
        {
          up: children[at - 1]?.organization,
          down: children[at + 1]?.organization,
          after: children[at + 2]?.organization,
        },
      ]),
    ),
  );
  const menuOf = (organization: Organization) => {
    const { up, down, after } = siblings.get(organization.organizationId) ?? {};
    if (organization.archivedAt !== null)
      return [
        { key: 'restore', label: t('directory.restore'), onClick: () => onClose(organization, 'restore') },
      ];
    return [
      { key: 'edit', label: t('directory.edit'), onClick: () => onEdit({ organization }) },
      ...(organization.kind === 'teachingPoint'
        ? []
        : [
            {
              key: 'add',
              label: t('directory.organization.addBelow'),
              onClick: () => onEdit({ below: organization }),
            },
          ]),
      ...(up
        ? [{ key: 'up', label: t('directory.up'), onClick: () => onMove(organization, up.organizationId) }]
        : []),
      ...(down
        ? [
            {
              key: 'down',
              label: t('directory.down'),
              onClick: () => onMove(organization, after?.organizationId ?? null),
            },
          ]
        : []),
      ...(isTop(organization)
        ? []
        : [
            {
              key: 'close',
              label: t('directory.close'),
              danger: true,
              onClick: () => onClose(organization, 'archive'),
            },
          ]),
    ];
  };
  return (
    <ul className={styles.tree}>
      <li className={styles.head} aria-hidden="true">
        <span>{t('directory.organization.name')}</span>
        <span className={styles.code}>{t('directory.organization.code')}</span>
        <span className={styles.count}>{t('directory.people')}</span>
        <span className={styles.count}>{t('directory.rooms')}</span>
        <span className={styles.count}>{t('directory.groups')}</span>
        <span className={styles.act} />
      </li>
      {lines.map((branch) => {
        const { organization, level, children } = branch;
        const { organizationId, name, kind, code, archivedAt, people, classrooms, classGroups } =
          organization;
        const Icon = ICONS[kind];
        const open = isOpen(branch);
        const count = (to: string, number: number, word: string) => (
          <span className={styles.count}>
            <Link to={`/admin/${to}?organization=${organizationId}`} aria-label={word}>
              {number}
            </Link>
          </span>
        );
        return (
          <li key={organizationId} className={styles.line} data-testid="organization">
            <span
              className={styles.name}
              style={{ paddingInlineStart: `calc(var(--space-24) * ${Math.min(level, DEEPEST_INDENT)})` }}
            >
              {children.length > 0 ? (
                <button
                  type="button"
                  className={styles.toggle}
                  aria-expanded={open}
                  aria-label={name}
                  onClick={() => toggle(branch)}
                >
                  {open ? <IconChevronDown size={measure.icon} /> : <IconChevronRight size={measure.icon} />}
                </button>
              ) : (
                <span className={styles.toggle} />
              )}
              <Icon size={measure.icon} stroke={1.5} className={styles.icon} aria-hidden="true" />
              {mayEdit && archivedAt === null ? (
                <button type="button" className={styles.open} onClick={() => onEdit({ organization })}>
                  <bdi>{name}</bdi>
                </button>
              ) : (
                <bdi>{name}</bdi>
              )}
              <span className={styles.kind}>{t(`directory.kind.${kind}`)}</span>
              {archivedAt !== null && <Tag>{t('directory.closedTag')}</Tag>}
            </span>
            <span className={styles.code}>{code}</span>
            {count('people', people, t('directory.people'))}
            {count('classrooms', classrooms, t('directory.rooms'))}
            {count('class-groups', classGroups, t('directory.groups'))}
            <span className={styles.act}>
              {mayEdit && (
                <Dropdown trigger={['click']} menu={{ items: menuOf(organization) }}>
                  <Button
                    type="text"
                    icon={<IconDots size={measure.icon} />}
                    aria-label={t('directory.more', { name })}
                  />
                </Dropdown>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

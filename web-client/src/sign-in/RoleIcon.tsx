import {
  IconBuildingCommunity,
  IconChalkboard,
  IconDeviceTv,
  IconHeartHandshake,
  IconListSearch,
  IconSearch,
  IconShieldLock,
  IconUser,
  IconVideo,
} from '@tabler/icons-react';
import type { Role } from '#protocol/domain.ts';
import { measure } from '../theme/tokens.ts';

const ICONS: Record<Role, typeof IconUser> = {
  administrator: IconBuildingCommunity,
  security: IconShieldLock,
  auditor: IconListSearch,
  researcher: IconSearch,
  teacher: IconChalkboard,
  assistant: IconHeartHandshake,
  operator: IconVideo,
  student: IconUser,
  classroom: IconDeviceTv,
};

export function RoleIcon({ role }: { role: Role }) {
  const Icon = ICONS[role];
  return <Icon size={measure.iconLarge} stroke={1.5} aria-hidden="true" />;
}

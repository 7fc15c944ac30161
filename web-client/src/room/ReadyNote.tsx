import { useTranslation } from 'react-i18next';
import type { RoomReadiness } from '#protocol/room-screen.ts';
import { LightMark } from '../check/LightMark.tsx';
import { howReady } from './current-lesson.ts';

/** Beside a lesson whose bell is near: all rooms ready, or which are not here yet. */
export function ReadyNote({ rooms }: { rooms: readonly RoomReadiness[] }) {
  const { t } = useTranslation();
  const { all, missing } = howReady(rooms);
  const trouble = rooms.some(({ presence, light }) => presence === 'ready' && light === 'red');
  if (!all) {
    const names = (wanted: RoomReadiness['presence']) =>
      missing
        .filter(({ presence }) => presence === wanted)
        .map(({ organizationName }) => organizationName)
        .join(t('common.separator'));
    const away = names('away');
    return away ? (
      <LightMark light="off" word={t('room.notHere', { rooms: away })} />
    ) : (
      <LightMark light="amber" word={t('room.stillElsewhere', { rooms: names('elsewhere') })} />
    );
  }
  return <LightMark light={trouble ? 'amber' : 'green'} word={t('room.readyAll', { count: rooms.length })} />;
}

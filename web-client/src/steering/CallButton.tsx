import { IconHandFinger } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { rosterQuery } from '../api/queries.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import sheet from '../presenter/Sheet.module.css';
import { Sheet } from '../presenter/Sheet.tsx';
import { childCandidates, classRooms, roomCandidates } from './class-list.ts';
import styles from './Steering.module.css';
import type { Act } from './use-act.ts';

/** 点名: a room, a child by name, or somebody by chance. */
export function CallButton({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data: roster = [] } = useQuery({ ...rosterQuery(live.lessonId), enabled: open });
  const rooms = classRooms(live, roster);
  const [chosen, setChosen] = useState<string | null>(null);
  const room = rooms.find(({ participantId }) => participantId === chosen) ?? rooms[0];
  const call = (participantId: string, child: string | null) => {
    setOpen(false);
    void act('call.make', { participantId, child });
  };
  const chance = (kind: 'room' | 'child') => {
    const among = kind === 'room' ? roomCandidates(rooms) : childCandidates(rooms);
    setOpen(false);
    void act('call.random', { among });
  };
  const hasRemote = rooms.some(({ own }) => !own);
  const hasChildren = rooms.some(({ children }) => children.length > 0);
  return (
    <div className={sheet.anchor}>
      <BarButton
        icon={IconHandFinger}
        word={t('steering.call')}
        aria-expanded={open}
        data-testid="call"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('steering.callTitle')} wide end onClose={() => setOpen(false)}>
          {!room && <p>{t('steering.noRoomsHere')}</p>}
          <div className={styles.row}>
            {hasRemote && (
              <button
                type="button"
                className={styles.choice}
                data-testid="call-random-room"
                onClick={() => chance('room')}
              >
                {t('steering.callRandomRoom')}
              </button>
            )}
            {hasChildren && (
              <button
                type="button"
                className={styles.choice}
                data-testid="call-random-child"
                onClick={() => chance('child')}
              >
                {t('steering.callRandomChild')}
              </button>
            )}
          </div>
          {room && (
            <>
              <div className={styles.tabs} role="tablist">
                {rooms.map(({ participantId, name, calledTimes }) => (
                  <button
                    key={participantId}
                    type="button"
                    role="tab"
                    aria-selected={participantId === room.participantId}
                    className={styles.tab}
                    onClick={() => setChosen(participantId)}
                  >
                    {name}
                    <small>{t('steering.calledTimes', { count: calledTimes })}</small>
                  </button>
                ))}
              </div>
              {!room.own && (
                <button
                  type="button"
                  className={styles.choice}
                  data-testid={`call-room-${room.participantId}`}
                  onClick={() => call(room.participantId, null)}
                >
                  {t('steering.callRoom')}
                </button>
              )}
              {room.children.length === 0 && <p className={sheet.note}>{t('steering.noChildren')}</p>}
              <div className={styles.chips}>
                {room.children.map((child) => (
                  <button
                    key={child}
                    type="button"
                    className={styles.chip}
                    onClick={() => call(room.participantId, child)}
                  >
                    {child}
                  </button>
                ))}
              </div>
            </>
          )}
        </Sheet>
      )}
    </div>
  );
}

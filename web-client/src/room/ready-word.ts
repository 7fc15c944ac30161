import type { ParseKeys } from 'i18next';
import type { Light } from '#protocol/quality.ts';
import type { RoomReadiness } from '#protocol/room-screen.ts';

/** How far a room is, in a light and a word. */
export function readyWord({ presence, light }: Pick<RoomReadiness, 'presence' | 'light'>): {
  light: Light | 'off';
  word: ParseKeys;
} {
  switch (presence) {
    case 'away':
      return { light: 'off', word: 'room.state.away' };
    case 'elsewhere':
      return { light: 'amber', word: 'room.state.elsewhere' };
    case 'inLesson':
      return { light: 'green', word: 'room.state.inLesson' };
    case 'ready':
      if (light === 'red') return { light, word: 'room.state.trouble' };
      if (light === 'amber') return { light, word: 'room.state.look' };
      return { light: 'green', word: 'room.state.ready' };
  }
}

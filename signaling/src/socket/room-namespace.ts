import type { Server } from 'socket.io';
import type { Account } from '#protocol/domain.ts';
import { ROOM_NAMESPACE } from '#protocol/room-screen.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { SessionWatch } from '../account/session-watch.ts';
import { signedIn } from './signed-in.ts';

/** The line of a classroom's screen. Nothing is said on it: that it is cut tells the room that it was revoked. */
export function openRoomNamespace(io: Server, accounts: AccountRepository, watch: SessionWatch): void {
  const namespace = io.of(ROOM_NAMESPACE);
  namespace.use(signedIn(accounts));
  namespace.on('connection', (socket) => {
    const { account, sessionId } = socket.data as { account: Account; sessionId: string };
    socket.on(
      'disconnect',
      watch.session(sessionId, account, () => socket.disconnect(true)),
    );
  });
}

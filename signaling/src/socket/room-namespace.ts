import type { Server } from 'socket.io';
import { ROOM_NAMESPACE } from '#protocol/room-screen.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { signedIn } from './signed-in.ts';

/** The line of a classroom's screen. Nothing is said on it: that it is cut tells the room that it was revoked. */
export function openRoomNamespace(io: Server, accounts: AccountRepository): void {
  io.of(ROOM_NAMESPACE).use(signedIn(accounts));
}

import type { Socket } from 'socket.io';
import type { AppError } from '#protocol/errors.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { unfinished } from '../http/guards.ts';
import { sessionTokenOf } from '../http/session-cookie.ts';

/** A namespace's door: lets in whoever is signed in, as `socket.data.account` of `socket.data.sessionId`. */
export const signedIn =
  (accounts: AccountRepository) =>
  async (socket: Socket, next: (refused?: Error) => void): Promise<void> => {
    const token = sessionTokenOf(socket.handshake.headers.cookie);
    const session = token ? await accounts.sessions.read(token).catch(() => null) : null;
    if (!session?.account) return next(refusal(unfinished(session)));
    socket.data.account = session.account;
    socket.data.sessionId = session.sessionId;
    next();
  };

/** A refused handshake, in the form in which socket.io carries `data` to the page's `connect_error`. */
function refusal(error: AppError): Error {
  return Object.assign(new Error(error.code), { data: error.toBody() });
}

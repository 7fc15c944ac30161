import type { Socket } from 'socket.io';
import { AppError } from '#protocol/errors.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { sessionTokenOf } from '../http/session-cookie.ts';

/** A namespace's door: lets in whoever is signed in, as `socket.data.account`. */
export const signedIn =
  (accounts: AccountRepository) =>
  async (socket: Socket, next: (refused?: Error) => void): Promise<void> => {
    const token = sessionTokenOf(socket.handshake.headers.cookie);
    const account = token ? await accounts.ofSession(token).catch(() => null) : null;
    if (!account) return next(refusal(new AppError('NOT_SIGNED_IN', 'sign in first')));
    socket.data.account = account;
    next();
  };

/** A refused handshake, in the form in which socket.io carries `data` to the page's `connect_error`. */
function refusal(error: AppError): Error {
  return Object.assign(new Error(error.code), { data: error.toBody() });
}

import type { Server } from 'socket.io';
import type { Account } from '#protocol/domain.ts';
import { OFFICE_NAMESPACE, type OfficeMessage } from '#protocol/notice.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { SessionWatch } from '../account/session-watch.ts';
import type { NoticeWatch } from '../notice/notice-watch.ts';
import { signedIn } from './signed-in.ts';

/** The line of the office's pages. They only listen: to how many notices are unread, and to the end of their session. */
export function openOfficeNamespace(
  io: Server,
  accounts: AccountRepository,
  watch: SessionWatch,
  notices: NoticeWatch,
): void {
  const namespace = io.of(OFFICE_NAMESPACE);
  namespace.use(signedIn(accounts));
  namespace.on('connection', (socket) => {
    const { account, sessionId } = socket.data as { account: Account; sessionId: string };
    const say = (message: OfficeMessage) => socket.emit('message', message);
    const listening = notices.page(account.accountId, (count) => say({ type: 'notices', ...count }));
    const unwatch = watch.session(sessionId, account, (reason) => {
      say({ type: 'session.ended', reason });
      socket.disconnect(true);
    });
    socket.on('disconnect', () => {
      unwatch();
      void listening.then((stop) => stop());
    });
  });
}

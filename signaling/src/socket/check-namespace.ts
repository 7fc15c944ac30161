import type { Server, Socket } from 'socket.io';
import type { Logger } from '#platform/logger.ts';
import {
  CHECK_NAMESPACE,
  type CheckReply,
  CheckRequest,
  type CheckRequestType,
} from '#protocol/check-socket.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type Reply } from '#protocol/errors.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { SessionWatch } from '../account/session-watch.ts';
import type { Checks } from '../check/checks.ts';
import type { Probe } from '../check/probe.ts';
import { signedIn } from './signed-in.ts';

/** Opens the namespace of the check before the bell. */
export function openCheckNamespace(
  io: Server,
  accounts: AccountRepository,
  checks: Checks,
  watch: SessionWatch,
  logger: Logger,
): void {
  const namespace = io.of(CHECK_NAMESPACE);
  namespace.use(signedIn(accounts));
  namespace.on('connection', (socket) => {
    const { account, sessionId } = socket.data as { account: Account; sessionId: string };
    const unwatch = watch.session(sessionId, account, () => socket.disconnect(true));
    socket.on('disconnect', unwatch);
    new CheckSocket(socket, checks, logger);
  });
}

/** One page's line while it checks. Its probe ends with it. */
class CheckSocket {
  readonly #checks: Checks;
  readonly #account: Account;
  readonly #logger: Logger;
  readonly #socket: Socket;
  #probe: Probe | null = null;

  constructor(socket: Socket, checks: Checks, logger: Logger) {
    this.#socket = socket;
    this.#checks = checks;
    this.#account = socket.data.account as Account;
    this.#logger = logger;
    socket.on('request', (raw: unknown, answer: unknown) => {
      if (typeof answer === 'function') void this.#request(raw, answer as (reply: Reply<unknown>) => void);
    });
    socket.on('disconnect', () => void this.#probe?.close());
  }

  async #request(raw: unknown, answer: (reply: Reply<unknown>) => void): Promise<void> {
    try {
      answer({ ok: true, data: await this.#carryOut(CheckRequest.parse(raw)) });
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'INTERNAL') this.#logger.error({ err: thrown }, 'a request failed');
      answer({ ok: false, error: error.toBody() });
    }
  }

  async #carryOut(request: CheckRequest): Promise<CheckReply<CheckRequestType>> {
    switch (request.type) {
      case 'probe.open': {
        const { probe, answer } = await this.#checks.open(this.#account, request.lessonId);
        this.#probe = probe;
        if (!this.#socket.connected) await probe.close();
        return answer;
      }
      case 'probe.close':
        await this.#probe?.close();
        return {};
      case 'check.report':
        await this.#checks.report(this.#account, request);
        return {};
      default:
        if (!this.#probe) throw new AppError('MEDIA_GONE', 'open a probe first');
        return await this.#probe.handle(request);
    }
  }
}

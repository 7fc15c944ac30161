import { type Ready, Service, type ServiceOptions, type ServiceSpec } from './service.ts';

/** What a service may take to end before it is killed; the recorder closes its segments in this time. */
const STOP_DEADLINE_MS = 10_000;

export interface SupervisorOptions extends ServiceOptions {
  /** In the order in which they start; they end in the reverse order. */
  services: ServiceSpec[];
}

/** Starts the services as processes of their own and keeps them running. */
export class Supervisor {
  readonly services: readonly Service[];
  #stopped: Promise<void> | undefined;

  static start(options: SupervisorOptions): Supervisor {
    return new Supervisor(options.services.map((spec) => Service.start(spec, options)));
  }

  private constructor(services: Service[]) {
    this.services = services;
  }

  /** Resolves when every service has said that it works, with what they said. */
  async ready(): Promise<Ready> {
    const all = await Promise.all(this.services.map((service) => service.ready));
    return Object.assign({}, ...all) as Ready;
  }

  /** Ends the services one after the other, the last started first. Idempotent. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    for (const service of this.services.toReversed()) await service.stop(STOP_DEADLINE_MS);
  }
}

import type { Logger } from '#platform/logger.ts';
import type { WordClass } from '#protocol/moderation.ts';
import { WordList } from './word-list.ts';
import type { WordRepository } from './word-repository.ts';

/** Another signaling process may have changed a list: a running lesson takes the new one this soon. */
const LOOK_MS = 2_000;

/** Every bureau's list, ready to be asked, and always the newest. */
export class WordLists {
  readonly #repository: WordRepository;
  readonly #logger: Logger;
  readonly #lists = new Map<string, WordList>();
  readonly #timer: NodeJS.Timeout;
  #refreshing: Promise<void> = Promise.resolve();

  static async create(repository: WordRepository, logger: Logger): Promise<WordLists> {
    const lists = new WordLists(repository, logger);
    await lists.refresh();
    return lists;
  }

  private constructor(repository: WordRepository, logger: Logger) {
    this.#repository = repository;
    this.#logger = logger;
    this.#timer = setInterval(() => {
      this.refresh().catch((error: unknown) => logger.error({ err: error }, 'the word lists were not read'));
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Reads the lists whose version has changed. Settles when what is asked from then on is the newest. */
  refresh(): Promise<void> {
    const run = this.#refreshing.then(() => this.#refresh());
    this.#refreshing = run.catch(() => undefined);
    return run;
  }

  async #refresh(): Promise<void> {
    for (const [bureauId, version] of await this.#repository.versions()) {
      if (this.#lists.get(bureauId)?.version === version) continue;
      const list = new WordList(version, await this.#repository.all(bureauId));
      this.#lists.set(bureauId, list);
      this.#logger.info({ bureauId, version, words: list.size }, 'a word list was taken into use');
    }
  }

  /** What asks for one lesson: the lists of its organization and of all above it, as they are at each asking. */
  async of(lessonId: string): Promise<(text: string) => WordClass | null> {
    return this.#asker(await this.#repository.organizationsOf(lessonId));
  }

  /** What asks for what is written at an organization outside of lessons. */
  async ofOrganization(organizationId: string): Promise<(text: string) => WordClass | null> {
    return this.#asker(await this.#repository.organizationsAbove(organizationId));
  }

  #asker(organizations: readonly string[]): (text: string) => WordClass | null {
    return (text) => {
      const found = organizations.map((id) => this.#lists.get(id)?.check(text));
      if (found.includes('block')) return 'block';
      return found.includes('hold') ? 'hold' : null;
    };
  }

  /** All words that the lists of an organization and of all above it find in a text, as they are now. */
  async finderFor(organizationId: string): Promise<(text: string) => Map<string, WordClass>> {
    const lists = (await this.#repository.organizationsAbove(organizationId)).flatMap(
      (id) => this.#lists.get(id) ?? [],
    );
    return (text) => {
      const found = new Map<string, WordClass>();
      for (const list of lists)
        for (const [word, wordClass] of list.wordsIn(text))
          if (wordClass === 'block' || !found.has(word)) found.set(word, wordClass);
      return found;
    };
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

import { FileUpload, type UploadView } from './upload.ts';

/** Two at once fill any line, and one that fails does not hold up the others. */
const AT_ONCE = 2;

/** The files that this page sends. Outlives the page within the tab: one may look at something else meanwhile. */
export class Uploads {
  #all: FileUpload[] = [];
  #views: readonly UploadView[] = [];
  #running = 0;
  #made = 0;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly views = (): readonly UploadView[] => this.#views;

  add(files: Iterable<File>): void {
    for (const file of files) {
      const twice = this.#all.some(
        ({ file: one, view }) => one.name === file.name && one.size === file.size && view.state !== 'failed',
      );
      if (twice) continue;
      this.#made += 1;
      this.#all.push(new FileUpload(`file-${this.#made}`, file, this.#changed));
    }
    this.#changed();
    this.#next();
  }

  pause(key: string): void {
    this.#find(key)?.pause();
  }

  resume(key: string): void {
    this.#find(key)?.again();
    this.#next();
  }

  async remove(key: string): Promise<void> {
    const upload = this.#find(key);
    this.#all = this.#all.filter((one) => one !== upload);
    this.#changed();
    await upload?.cancel();
  }

  /** Forgets those whose rest the platform does. */
  forget(intakeIds: readonly string[]): void {
    this.#all = this.#all.filter(({ view }) => !view.intakeId || !intakeIds.includes(view.intakeId));
    this.#changed();
  }

  #find(key: string): FileUpload | undefined {
    return this.#all.find(({ view }) => view.key === key);
  }

  readonly #changed = () => {
    this.#views = this.#all.map(({ view }) => view);
    for (const listener of this.#listeners) listener();
  };

  #next(): void {
    while (this.#running < AT_ONCE) {
      const upload = this.#all.find(({ view }) => view.state === 'waiting' && !this.#started.has(view.key));
      if (!upload) return;
      this.#started.add(upload.view.key);
      this.#running += 1;
      void upload.run().finally(() => {
        this.#started.delete(upload.view.key);
        this.#running -= 1;
        this.#next();
      });
    }
  }

  readonly #started = new Set<string>();
}

export const uploads = new Uploads();

import type { AsteriskPort } from '../asterisk/port.js';
import type { Logger } from '../lib/logger.js';

/** Media that are fetched ahead of calls; callers' own playbacks fetch the rest. */
const MOST_MEDIA = 5000;

interface PrefetchOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'fetchMedia'>;
  /** What calls can play now, as ARI media URIs. */
  media: () => string[];
  /** Makes media that do not exist yet; they are fetched after the others. It stops early when `mayGoOn` is false. Default: there are none. */
  make?: (mayGoOn: () => boolean) => Promise<void>;
  logger: Logger;
}

/**
 * Has Asterisk fetch prompts before the first call plays them: in the background, one at a time, after each connect and each change.
 * What Asterisk does not fetch is left to the call that plays it.
 */
export class PromptPrefetch {
  readonly #fetched = new Set<string>();
  #work: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly options: PrefetchOptions) {}

  /** Media that Asterisk has been asked for since it started. */
  get fetched(): number {
    return this.#fetched.size;
  }

  start(): void {
    this.#unsubscribe = this.options.asterisk.onEvent((event) => {
      if (event.type !== 'link_up') return;
      if (event.restarted) this.#fetched.clear();
      this.wake();
    });
  }

  /** Call before the link is closed or after: what is under way ends with the link, or when its medium is there. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await this.#work;
  }

  /** Prompts may have changed. */
  wake(): void {
    this.#again = true;
    this.#work ??= this.#run().finally(() => (this.#work = undefined));
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#fetchMissing();
      await this.options.make?.(() => this.#mayGoOn());
      if (this.#mayGoOn()) await this.#fetchMissing();
    }
  }

  #mayGoOn(): boolean {
    return !this.#again && !this.#stopped;
  }

  async #fetchMissing(): Promise<void> {
    const { media, logger } = this.options;
    const wanted = new Set(media().slice(0, MOST_MEDIA));
    for (const known of this.#fetched) if (!wanted.has(known)) this.#fetched.delete(known);
    const missing = [...wanted].filter((one) => !this.#fetched.has(one));
    if (missing.length > 0 && (await this.#fetchAll(missing)))
      logger.debug({ media: wanted.size }, "the prompts are in Asterisk's cache");
  }

  /** @returns false when it was interrupted */
  async #fetchAll(missing: string[]): Promise<boolean> {
    const { asterisk, logger } = this.options;
    for (const one of missing) {
      if (!this.#mayGoOn() || !asterisk.usable) return false;
      try {
        await asterisk.fetchMedia(one);
        this.#fetched.add(one);
      } catch (error) {
        logger.debug({ err: error, media: one }, 'a prompt was not fetched ahead of calls');
      }
    }
    return true;
  }
}

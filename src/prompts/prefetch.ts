import { createHash } from 'node:crypto';
import type { AsteriskPort } from '../asterisk/port.js';
import type { Logger } from '../lib/logger.js';

/** Limit of prefetched media; the rest is fetched by the first playback. */
const MAX_MEDIA = 5000;
/** Hexadecimal digits, enough to tell thousands of media apart. */
const DIGEST_LENGTH = 16;

interface PrefetchOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'fetchMedia'>;
  /** All media that calls can play now, as ARI media URIs. */
  media: () => string[];
  /** Makes media that do not exist yet; they are fetched after the others. Must stop early when `mayContinue` is false. Default: there are none. */
  make?: (mayContinue: () => boolean) => Promise<void>;
  /** Digests of the media that Asterisk has fetched, as stored by an earlier process. Default: none are known. */
  last?: { known: string; changed: (digests: string) => void };
  logger: Logger;
}

/**
 * Makes Asterisk fetch prompts before the first call plays them: in the background, one at a time, after each connect and each
 * change. A prompt that could not be fetched is fetched by the call that plays it.
 * When only the gateway was restarted, Asterisk still has what it fetched.
 */
export class PromptPrefetch {
  readonly #fetched = new Set<string>();
  /** Digests of the media that Asterisk fetched before the start of this process. */
  readonly #before: Set<string>;
  /** The value that was stored last. */
  #stored: string;
  #work: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #unsubscribe: () => void = () => undefined;

  constructor(private readonly options: PrefetchOptions) {
    this.#stored = options.last?.known ?? '';
    this.#before = new Set(this.#stored.split(' '));
  }

  /** Number of media that Asterisk has fetched since its start. */
  get fetchedCount(): number {
    return this.#fetched.size;
  }

  start(): void {
    this.#unsubscribe = this.options.asterisk.onEvent((event) => {
      if (event.type !== 'link_up') return;
      if (event.restarted) {
        this.#fetched.clear();
        this.#before.clear();
        this.#store();
      }
      this.wake();
    });
  }

  /** Resolves when the running fetch has ended; closing the link ends it as well. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    await this.#work;
  }

  /** Starts fetching. Call when prompts may have changed. */
  wake(): void {
    this.#again = true;
    this.#work ??= this.#run().finally(() => (this.#work = undefined));
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#fetchMissing();
      await this.options.make?.(() => this.#mayContinue());
      if (this.#mayContinue()) await this.#fetchMissing();
    }
  }

  #mayContinue(): boolean {
    return !this.#again && !this.#stopped;
  }

  async #fetchMissing(): Promise<void> {
    const { media, logger } = this.options;
    const wanted = new Set(media().slice(0, MAX_MEDIA));
    for (const known of this.#fetched) if (!wanted.has(known)) this.#fetched.delete(known);
    for (const one of wanted) if (this.#before.has(digestOf(one))) this.#fetched.add(one);
    const missing = [...wanted].filter((one) => !this.#fetched.has(one));
    if (missing.length > 0 && (await this.#fetchAll(missing)))
      logger.debug({ media: wanted.size }, "the prompts are in Asterisk's cache");
    this.#store();
  }

  /** @returns false when it was interrupted */
  async #fetchAll(missing: string[]): Promise<boolean> {
    const { asterisk, logger } = this.options;
    for (const one of missing) {
      if (!this.#mayContinue() || !asterisk.usable) return false;
      try {
        await asterisk.fetchMedia(one);
        this.#fetched.add(one);
      } catch (error) {
        logger.debug({ err: error, media: one }, 'could not prefetch a prompt');
      }
    }
    return true;
  }

  #store(): void {
    const digests = [...this.#fetched].map(digestOf).join(' ');
    if (digests === this.#stored) return;
    this.#stored = digests;
    this.options.last?.changed(digests);
  }
}

function digestOf(media: string): string {
  return createHash('sha256').update(media).digest('hex').slice(0, DIGEST_LENGTH);
}

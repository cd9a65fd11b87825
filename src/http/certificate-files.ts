import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import type { Logger } from '../lib/logger.js';
import { RepeatingJob } from '../lib/repeating-job.js';
import { CertificateError, readPair, type CertificatePair } from './certificate-pair.js';

/** How soon replaced files are noticed (ms). */
const LOOK_EVERY_MS = 5_000;

interface CertificateFilesOptions {
  folder: string;
  clock: Clock;
  logger: Logger;
}

/**
 * The certificate and the key in a folder, read again when they change. A pair that does not match or has expired leaves the former one
 * in use. At the start an expired pair is better than none.
 */
export class CertificateFiles {
  readonly #job: RepeatingJob;
  readonly #listeners: ((pair: CertificatePair) => void)[] = [];
  #pair: CertificatePair | undefined;
  #problem: string | undefined;

  constructor(private readonly options: CertificateFilesOptions) {
    this.#job = new RepeatingJob({ clock: options.clock, everyMs: LOOK_EVERY_MS, run: () => this.look() });
  }

  /** The pair in use; undefined while there has been none that is usable. */
  get pair(): CertificatePair | undefined {
    return this.#pair;
  }

  /** Why the files are not in use; undefined when they are. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** @param listener is called with each new pair in use */
  onChange(listener: (pair: CertificatePair) => void): void {
    this.#listeners.push(listener);
  }

  async start(): Promise<void> {
    await this.look();
    this.#job.start();
  }

  async stop(): Promise<void> {
    await this.#job.stop();
  }

  /** Reads the files now. */
  async look(): Promise<void> {
    const { folder, clock } = this.options;
    const found = await readPair(folder).catch((error: unknown) => asCertificateError(error));
    if (found instanceof CertificateError) this.#report(found.message);
    else if (found.fingerprint === this.#pair?.fingerprint && found.key === this.#pair.key) this.#report(undefined);
    else if (found.expiresAt <= clock.now() && this.#pair !== undefined)
      this.#report(`the certificate expired on ${new Date(found.expiresAt).toISOString()}`);
    else this.#use(found);
  }

  #use(pair: CertificatePair): void {
    this.#pair = pair;
    this.#report(undefined);
    this.options.logger.info({ expiresAt: new Date(pair.expiresAt).toISOString() }, 'a certificate is in use');
    for (const listener of this.#listeners) listener(pair);
  }

  /** Logs a problem once. */
  #report(problem: string | undefined): void {
    if (problem !== undefined && problem !== this.#problem)
      this.options.logger.warn({ problem }, 'the certificate in TLS_DIR cannot be used; the former one stays in use');
    this.#problem = problem;
  }
}

function asCertificateError(error: unknown): CertificateError {
  return error instanceof CertificateError ? error : new CertificateError(messageOf(error));
}

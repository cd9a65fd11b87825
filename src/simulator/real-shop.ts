import type { HttpSender } from '../calls/effect-handlers.js';
import type { HttpEffect } from '../telephony/telephony.js';

/** Sends requests to a real shop, in real time; counts those in progress so that the virtual clock can wait for them. */
export class RealShop implements HttpSender {
  #underWay = 0;
  #wake: () => void = () => undefined;

  /**
   * @param url replaces the URLs of the plan
   * @param signal cancels requests in progress
   */
  constructor(
    private readonly sender: HttpSender,
    private readonly url: string | undefined,
    private readonly signal: AbortSignal | undefined,
  ) {}

  get underWay(): boolean {
    return this.#underWay > 0;
  }

  async send(effect: HttpEffect): ReturnType<HttpSender['send']> {
    this.#underWay += 1;
    try {
      return await this.sender.send({ ...effect, url: this.url ?? effect.url }, this.signal);
    } finally {
      this.#underWay -= 1;
      this.#wake();
    }
  }

  /** Resolves at the next answer, or after this time. */
  async next(maxMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, maxMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

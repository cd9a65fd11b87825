import type { HttpSender } from '../calls/effect-handlers.js';
import type { HttpEffect } from '../telephony/telephony.js';

/** Asks a real shop, which takes real time; counts what is under way so that the virtual clock can keep pace with it. */
export class RealShop implements HttpSender {
  #underWay = 0;
  #wake: () => void = () => undefined;

  /** @param url asked in place of the plan's own */
  constructor(
    private readonly sender: HttpSender,
    private readonly url: string | undefined,
  ) {}

  get underWay(): boolean {
    return this.#underWay > 0;
  }

  async send(effect: HttpEffect): ReturnType<HttpSender['send']> {
    this.#underWay += 1;
    try {
      return await this.sender.send({ ...effect, url: this.url ?? effect.url });
    } finally {
      this.#underWay -= 1;
      this.#wake();
    }
  }

  /** Resolves when an answer came, or after that time. */
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

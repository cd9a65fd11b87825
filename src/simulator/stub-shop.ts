import { z } from 'zod';
import type { HttpSender } from '../calls/effect-handlers.js';
import type { Clock } from '../lib/clock.js';
import { duration } from '../directory/schema.js';

/** A stubbed answer: the shop's answer itself, or, to simulate a failing shop, `{ status: 500, delay: 5s, body: … }`. */
const envelope = z.strictObject({
  status: z.number().int().min(100).max(599).default(200),
  delay: duration.default(0),
  /** Text is sent unchanged, anything else as JSON. */
  body: z.unknown().optional(),
});

/** A shop with prepared answers, one for each request; after the last one it returns to the plan. */
export class StubShop implements HttpSender {
  #asked = 0;

  constructor(
    private readonly answers: readonly unknown[],
    private readonly clock: Clock,
  ) {}

  async send(): ReturnType<HttpSender['send']> {
    const answer = this.answers[this.#asked] ?? {};
    this.#asked += 1;
    const { status, delay, body } = read(answer);
    await new Promise<void>((resolve) => {
      if (delay === 0) resolve();
      else this.clock.wakeAt(this.clock.now() + delay, resolve);
    });
    return {
      status,
      body: typeof body === 'string' ? body : JSON.stringify(body ?? {}),
      latencyMs: delay,
      attempts: 1,
    };
  }
}

function read(answer: unknown): z.output<typeof envelope> {
  const parsed = envelope.safeParse(answer);
  return parsed.success && Object.keys(answer as object).length > 0
    ? parsed.data
    : { status: 200, delay: 0, body: answer };
}

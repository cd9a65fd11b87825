import { z } from 'zod';
import type { HttpSender } from '../calls/effect-handlers.js';
import type { HttpEffect } from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';
import { duration } from '../directory/schema.js';
import { parseUntrusted } from '../lib/untrusted-json.js';

/** A stubbed answer: the shop's answer itself, or an object with these settings. */
const envelope = z.strictObject({
  status: z.number().int().min(100).max(599).default(200),
  delay: duration.default(0),
  /** Text is sent unchanged, anything else as JSON. */
  body: z.unknown().optional(),
  /** The shop does not answer at all. */
  silent: z.boolean().default(false),
  /** Answers each request that reports these digits, such as the number of an order. */
  digits: z
    .string()
    .regex(/^[0-9*#]+$/)
    .optional(),
});
type StubAnswer = z.output<typeof envelope>;

/**
 * A shop with prepared answers: one for each request, apart from those for certain digits; after the last one it returns to
 * the plan.
 */
export class StubShop implements HttpSender {
  readonly #inOrder: StubAnswer[];
  readonly #byDigits: StubAnswer[];
  #asked = 0;

  constructor(
    answers: readonly unknown[],
    private readonly clock: Clock,
  ) {
    const all = answers.map(readAnswer);
    this.#inOrder = all.filter(({ digits }) => digits === undefined);
    this.#byDigits = all.filter(({ digits }) => digits !== undefined);
  }

  async send(effect: HttpEffect): ReturnType<HttpSender['send']> {
    const { status, delay, body, silent } = this.#answerTo(effect);
    const latencyMs = silent ? effect.totalTimeoutMs : delay;
    await new Promise<void>((resolve) => {
      if (latencyMs === 0) resolve();
      else this.clock.wakeAt(this.clock.now() + latencyMs, resolve);
    });
    if (silent) return { failed: 'timeout: no answer', latencyMs, attempts: 1 };
    return { status, body: typeof body === 'string' ? body : JSON.stringify(body ?? {}), latencyMs, attempts: 1 };
  }

  #answerTo({ contentType, body }: HttpEffect): StubAnswer {
    const values = this.#byDigits.length === 0 ? [] : valuesIn(contentType, body);
    const special = this.#byDigits.find(({ digits }) => digits !== undefined && values.includes(digits));
    if (special !== undefined) return special;
    this.#asked += 1;
    return this.#inOrder[this.#asked - 1] ?? readAnswer({});
  }
}

/** The values of all fields, because a profile may rename them. */
function valuesIn(contentType: string, body: string): string[] {
  if (!contentType.includes('json')) return [...new URLSearchParams(body).values()];
  const fields = parseUntrusted(body);
  return typeof fields === 'object' && fields !== null ? Object.values(fields).map(String) : [];
}

function readAnswer(answer: unknown): StubAnswer {
  const parsed = envelope.safeParse(answer);
  return parsed.success && Object.keys(answer as object).length > 0
    ? parsed.data
    : { status: 200, delay: 0, body: answer, silent: false };
}

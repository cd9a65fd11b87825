import { z } from 'zod';
import { MUSIC_NAME } from '../asterisk/queue-port.js';
import { language, phoneNumber, wholeSeconds } from './schema-words.js';
import { MINUTE_MS } from '../lib/time.js';

/** The words for what callers hear while they wait, and for who of them comes first. Documented in docs/configuration.md. */

const promptId = z.number().int().positive();

/** The higher, the sooner; callers of whom nothing is said have 0. */
export const priority = z.number().int().min(0).max(100);

/** Asterisk takes no more. */
const MOST_PERIODIC = 10;

const periodicSchema = z.strictObject({
  /** One each time, in turn. */
  prompts: z.array(promptId).min(1).max(MOST_PERIODIC),
  every: wholeSeconds(5),
  /** Default: `every`. */
  first_after: wholeSeconds(1).optional(),
});

const standingSchema = z.strictObject({
  every: wholeSeconds(5).default(MINUTE_MS),
  /** `limit`: up to `position_limit`; `more`: beyond it, that the position is beyond it. */
  position: z.enum(['off', 'on', 'limit', 'more']).default('on'),
  position_limit: z.number().int().min(1).max(999).default(5),
  hold_time: z.enum(['off', 'on', 'once']).default('off'),
  thanks: z.boolean().default(false),
});

/** What a queue has for its callers' ears. */
export const queueSoundWords = {
  /** Name of a music of the company; without one the caller hears that it rings. */
  music: z.string().regex(MUSIC_NAME, 'lower-case letters, digits, - and _').optional(),
  /** Heard on the way into the queue. */
  join_prompt: promptId.optional(),
  /** Of the periodic prompts. Default: the company's first. */
  language: language.optional(),
  periodic: periodicSchema.optional(),
  /** Position and expected wait, in the caller's language. */
  announce: standingSchema.optional(),
};

export const priorityCallersSchema = z.strictObject({
  /** For people. */
  name: z.string().max(80).optional(),
  numbers: z.array(phoneNumber).min(1).max(10_000),
  priority: priority.refine((value) => value > 0, 'at least 1'),
});

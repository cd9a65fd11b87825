import { z } from 'zod';
import { MUSIC_NAME } from '../asterisk/queue-port.js';
import { language, phoneNumber, wholeSeconds } from './schema-words.js';
import { MINUTE_MS } from '../lib/time.js';

/** Schemas of sounds for waiting callers, and of their priority. Documented in docs/configuration.md. */

const promptId = z.number().int().positive();

/** Callers with a higher priority are served first; default 0. */
export const priority = z.number().int().min(0).max(100);

/** Asterisk's limit of periodic prompts. */
const MAX_PERIODIC = 10;

const periodicSchema = z.strictObject({
  /** Played in turn, one each time. */
  prompts: z.array(promptId).min(1).max(MAX_PERIODIC),
  every: wholeSeconds(5),
  /** Default: `every`. */
  first_after: wholeSeconds(1).optional(),
});

const announceSchema = z.strictObject({
  every: wholeSeconds(5).default(MINUTE_MS),
  /** `limit`: announced up to `position_limit`; `more`: beyond it, announced as "more than". */
  position: z.enum(['off', 'on', 'limit', 'more']).default('on'),
  position_limit: z.number().int().min(1).max(999).default(5),
  hold_time: z.enum(['off', 'on', 'once']).default('off'),
  thanks: z.boolean().default(false),
});

/** Settings of the sounds of a queue. */
export const queueSoundSettings = {
  /** Name of one of the company's music entries; without one callers hear ringing. */
  music: z.string().regex(MUSIC_NAME, 'lower-case letters, digits, - and _').optional(),
  /** Played when a caller joins the queue. */
  join_prompt: promptId.optional(),
  /** Language of the periodic prompts. Default: the company's first language. */
  language: language.optional(),
  periodic: periodicSchema.optional(),
  /** Position and expected wait, in the caller's language. */
  announce: announceSchema.optional(),
};

export const priorityCallersSchema = z.strictObject({
  /** For people. */
  name: z.string().max(80).optional(),
  numbers: z.array(phoneNumber).min(1).max(10_000),
  priority: priority.refine((value) => value > 0, 'at least 1'),
});

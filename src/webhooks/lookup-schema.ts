import { z } from 'zod';
import { duration } from '../directory/schema.js';
import { withOmittedDefault } from '../lib/codec.js';
import { secretName } from './schema.js';

const MOST_MS = 1500;

/** The address where the shop looks up a caller: see docs/monitor.md. */
export const lookupSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'an http or https URL' }),
  /** With `GET` the number is added to the address. */
  method: withOmittedDefault(z.enum(['GET', 'POST']), 'POST'),
  /** Later answers are discarded. */
  timeout: withOmittedDefault(
    duration.refine((ms) => ms >= 100 && ms <= MOST_MS, 'from 100ms to 1500ms'),
    MOST_MS,
  ),
  /** How long an answer is cached. */
  keep: withOmittedDefault(duration, 300_000),
  /** Environment variable with the key that signs requests. */
  secret: secretName.optional(),
  /** Environment variable with `user:password`. */
  basic_auth: secretName.optional(),
});

export type Lookup = z.output<typeof lookupSchema>;

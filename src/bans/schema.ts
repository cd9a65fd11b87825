import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { duration } from '../directory/schema-words.js';
import { MINUTE_MS } from '../lib/time.js';
import { parseNetwork } from './networks.js';

/** The longest ban: a year. */
const MOST_HOURS = 8760;

/** An IPv4 or IPv6 address, or a network in CIDR notation. */
const network = z
  .string()
  .refine(
    (text) => parseNetwork(text) !== undefined,
    'an address such as 192.0.2.7, or a network such as 192.0.2.0/24',
  );

/** When addresses are banned that guess passwords and tokens. Documented in docs/configuration.md. */
export const bansSchema = z.strictObject({
  /** False: no address is banned automatically. */
  automatic: withOmittedDefault(z.boolean(), true),
  /** An address is banned after this many wrong passwords or tokens within the time below. */
  failures: withOmittedDefault(z.number().int().min(5).max(1000), 30),
  within: withOmittedDefault(
    duration.refine((ms) => ms >= MINUTE_MS, 'at least a minute'),
    10 * MINUTE_MS,
  ),
  /** Length of the first ban; each further one of the same address is four times as long. */
  first_minutes: withOmittedDefault(z.number().int().min(1).max(1440), 10),
  longest_hours: withOmittedDefault(z.number().int().min(1).max(MOST_HOURS), 168),
  /** Addresses and networks that are never banned. */
  allow: withOmittedDefault(z.array(network).max(200), []),
});

export type BansSettings = z.output<typeof bansSchema>;

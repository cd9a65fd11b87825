import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { MINUTE_MS } from '../../lib/time.js';
import { wholeSeconds } from '../../directory/schema-words.js';
import { prompts } from '../plan-words.js';
import { actionKind, promptsIn } from './action.js';

const LONGEST_MS = 10 * MINUTE_MS;

const settings = z.strictObject({
  /** Played before the tone. */
  prompt: prompts.optional(),
  /** The recording ends after this time. */
  max: wholeSeconds(5)
    .refine((ms) => ms <= LONGEST_MS, 'at most 10m')
    .default(2 * MINUTE_MS),
  /** The recording ends after so much silence. */
  silence: wholeSeconds(2).default(5000),
});

export const takeMessage = actionKind(
  shorthand(settings.nullish(), {
    decode: (written): z.output<typeof settings> => written ?? settings.parse({}),
    encode: (value) => value,
  }),
  {
    writable: true,
    waits: true,
    shopSteers: false,
    branches: () => ({}),
    exits: () => [undefined],
    names: ({ prompt }) => promptsIn({ prompt }),
    labels: () => [],
    lint: () => undefined,
  },
);

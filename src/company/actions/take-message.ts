import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { meaning } from '../../lib/setting-meaning.js';
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
  /** The phones of the queue's handsets show the message. */
  queue: meaning('queue', z.number().int().positive()).optional(),
  /** The phones of the handset show the message. */
  handset: meaning('handset', z.string()).optional(),
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
    names: ({ prompt, queue, handset }) => [
      ...promptsIn({ prompt }),
      ...(queue === undefined ? [] : [{ type: 'queue' as const, path: 'queue', id: queue }]),
      ...(handset === undefined ? [] : [{ type: 'handset' as const, path: 'handset', id: handset }]),
    ],
    labels: () => [],
    lint: () => undefined,
  },
);

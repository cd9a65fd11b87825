import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { promptId, promptList, prompts } from '../plan-words.js';
import { actionKind, promptsIn } from './action.js';

/** `7`, `[7, 8]` or `{ prompt: 7 }`. */
const written = z.union([promptId, promptList, z.strictObject({ prompt: prompts })]);

export const play = actionKind(
  shorthand(written, {
    decode: (value): { prompt: number | number[] } =>
      typeof value === 'number' || Array.isArray(value) ? { prompt: value } : value,
    encode: ({ prompt }) => prompt,
  }),
  {
    writable: true,
    waits: false,
    shopSteers: false,
    branches: () => ({}),
    exits: () => [undefined],
    names: ({ prompt }) => promptsIn({ '': prompt }),
    labels: () => [],
    lint: () => undefined,
  },
);

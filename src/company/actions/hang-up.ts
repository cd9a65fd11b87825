import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { actionKind } from './action.js';

const settings = z.strictObject({ cause: z.enum(['normal', 'busy', 'congestion']).default('normal') });

export const hangUp = actionKind(
  shorthand(settings.nullish(), {
    decode: (written): z.output<typeof settings> => written ?? { cause: 'normal' },
    encode: (value) => (value.cause === 'normal' ? null : value),
  }),
  {
    writable: true,
    waits: false,
    shopSteers: false,
    branches: () => ({}),
    exits: () => [],
    names: () => [],
    labels: () => [],
    lint: () => undefined,
  },
);

import { z } from 'zod';
import { actionKind } from './action.js';

/** An operator has parked the outside party. No document contains it. */
export const park = actionKind(
  z.strictObject({
    /** The operator's handset. */
    by: z.string(),
  }),
  {
    writable: false,
    waits: true,
    shopSteers: false,
    branches: () => ({}),
    exits: () => [undefined],
    names: () => [],
    labels: () => [],
    lint: () => undefined,
  },
);

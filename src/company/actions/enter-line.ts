import { z } from 'zod';
import { actionKind } from './action.js';

/** An operator has transferred the outside party to another line. No document contains it. */
export const enterLine = actionKind(
  z.strictObject({
    /** E.164. */
    line: z.string(),
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

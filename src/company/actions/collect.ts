import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { HAND_OVER_REQUEST_FIELDS } from '../../lib/hand-over-fields.js';
import { promptId } from '../plan-words.js';
import { actionKind, promptsIn, type ActionList } from './action.js';

/** Fields of a hand-over's request that collected digits must not replace. */
const RESERVED: ReadonlySet<string> = new Set(HAND_OVER_REQUEST_FIELDS);

export const collect = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      prompt: promptId,
      /** Field that carries the digits in later `hand_over` requests. */
      save_as: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and _, begun with a letter'),
      max: z.number().int().min(1).max(64).default(20),
      min: z.number().int().min(1).max(64).default(1),
      timeout: duration.default(5000),
      retries: z.number().int().min(0).max(10).default(2),
      /** Actions when no attempt gave enough digits. Default: the plan continues. */
      no_input: actions.optional(),
    }),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ no_input }) => ({ no_input }),
      exits: ({ no_input }) => [undefined, no_input],
      names: ({ prompt }) => promptsIn({ prompt }),
      labels: () => [],
      lint({ min, max, save_as }, report) {
        if (min > max)
          report.error('min', `at least ${min} digits of at most ${max}`, 'min is at most max', { min_over_max: max });
        if (RESERVED.has(save_as))
          report.error('save_as', `"${save_as}" is a name of the hand-over contract`, 'choose another name', {
            reserved_field: save_as,
          });
      },
    },
  );

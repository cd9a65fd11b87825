import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { meaning } from '../../lib/setting-meaning.js';
import { promptId } from '../plan-words.js';
import { actionKind, promptsIn, type ActionList } from './action.js';

export const handOver = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      url: z.url({ protocol: /^https?$/ }),
      /** Played while the shop takes longer than `filler_after`. */
      filler_prompt: promptId.optional(),
      filler_after: duration.default(3000),
      /** Played after a failure of the shop, before the plan continues. */
      fallback_prompt: promptId.optional(),
      /** Actions after a failure of the shop. Default: the plan continues. */
      on_failure: actions.optional(),
      /** Contract profile, see docs/hand-over.md. */
      profile: meaning('profile', z.string()).default('telfa'),
    }),
    {
      writable: true,
      waits: true,
      shopSteers: true,
      branches: ({ on_failure }) => ({ on_failure }),
      exits: ({ on_failure }) => [undefined, on_failure],
      names: ({ filler_prompt, fallback_prompt, profile }) => [
        ...promptsIn({ filler_prompt, fallback_prompt }),
        { type: 'profile', path: 'profile', id: profile },
      ],
      labels: () => [],
      lint({ on_failure }, report) {
        if (on_failure === undefined && !report.isFollowed)
          report.warn(
            null,
            'when the shop fails or returns here, the call is hung up',
            'add on_failure, or an action after hand_over',
            { shop_failure_hangs_up: true },
          );
      },
    },
  );

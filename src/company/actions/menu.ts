import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { key, promptId, prompts } from '../plan-words.js';
import { actionKind, promptsIn, type ActionList } from './action.js';

export const menu = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      prompt: prompts,
      timeout: duration.default(5000),
      /** How many times more the question is asked after no input or a wrong key. */
      retries: z.number().int().min(0).max(10).default(2),
      keys: z.record(key, actions),
      /** Played after a key that leads nowhere, before the question is asked again. */
      wrong_key_prompt: promptId.optional(),
      /** Played after a time-out, before the question is asked again. */
      no_input_prompt: promptId.optional(),
      /** What happens when all tries ended in silence; default: the plan goes on after the menu. */
      no_input: actions.optional(),
      /** What happens when the last try ended in a wrong key; default: as `no_input`. */
      wrong_key: actions.optional(),
    }),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ keys, no_input, wrong_key }) => ({ keys, no_input, wrong_key }),
      exits: ({ keys, no_input, wrong_key = no_input }) => [...Object.values(keys), no_input, wrong_key],
      names: ({ prompt, wrong_key_prompt, no_input_prompt }) =>
        promptsIn({ prompt, wrong_key_prompt, no_input_prompt }),
      labels: () => [],
      lint({ keys }, report) {
        if (Object.keys(keys).length === 0)
          report.error('keys', 'the menu has no keys', 'add one, or use play instead of menu');
      },
    },
  );

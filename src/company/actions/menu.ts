import { z } from 'zod';
import { duration } from '../../directory/schema.js';
import { key, promptId, prompts } from '../plan-words.js';
import { actionKind, promptsIn, type ActionList } from './action.js';

export const menu = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      prompt: prompts,
      timeout: duration.default(5000),
      /** Number of repetitions after no input or a wrong key. */
      retries: z.number().int().min(0).max(10).default(2),
      keys: z.record(key, actions),
      /** Played after an invalid key, before the repetition. */
      wrong_key_prompt: promptId.optional(),
      /** Played after a time-out, before the repetition. */
      no_input_prompt: promptId.optional(),
      /** Actions when all attempts ended without input. Default: the plan continues after the menu. */
      no_input: actions.optional(),
      /** Actions when the last attempt ended with an invalid key. Default: as `no_input`. */
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
          report.error('keys', 'the menu has no keys', 'add one, or use play instead of menu', { no_keys: true });
      },
    },
  );

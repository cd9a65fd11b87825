import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { duration, recordSetting } from '../../directory/schema.js';
import { promptId } from '../plan-words.js';
import { actionKind, announcementIn, promptsIn, type ActionList } from './action.js';

/** Party of the order; `other`: the party that is not the caller. */
const party = z.enum(['driver', 'client', 'other']);

export const CONNECT_DEFAULTS = { party: 'other' as const, timeout: 30_000, max_duration: 1_800_000 };

export const connect = <A>(actions: ActionList<A>) => {
  const settings = z.strictObject({
    party: party.default(CONNECT_DEFAULTS.party),
    timeout: duration.default(CONNECT_DEFAULTS.timeout),
    max_duration: duration.refine((ms) => ms >= 10_000, 'at least 10 seconds').default(CONNECT_DEFAULTS.max_duration),
    record: recordSetting.optional(),
    busy_prompt: promptId.optional(),
    no_answer_prompt: promptId.optional(),
    rejected_prompt: promptId.optional(),
    unreachable_prompt: promptId.optional(),
    /** Actions after a failed connection, after the prompt. Default: the plan continues. */
    unanswered: actions.optional(),
  });
  return actionKind(
    shorthand(z.union([party, z.null(), settings]), {
      decode: (written): z.output<typeof settings> => {
        if (written === null) return CONNECT_DEFAULTS;
        return typeof written === 'string' ? { ...CONNECT_DEFAULTS, party: written } : written;
      },
      encode: (value) => value,
    }),
    {
      writable: true,
      waits: true,
      shopSteers: false,
      branches: ({ unanswered }) => ({ unanswered }),
      // The call ends with its talk.
      exits: ({ unanswered }) => [unanswered],
      names: ({ record, busy_prompt, no_answer_prompt, rejected_prompt, unreachable_prompt }) => [
        ...announcementIn(record),
        ...promptsIn({ busy_prompt, no_answer_prompt, rejected_prompt, unreachable_prompt }),
      ],
      labels: () => [],
      lint: () => undefined,
    },
  );
};

import { z } from 'zod';
import { actionKind, type ActionList } from './action.js';

export const detectMachine = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      /** True: wait until the machine's greeting ends. */
      waits: z.boolean(),
      /** Actions when a machine answered. For a person the plan continues. */
      machine: actions,
    }),
    {
      writable: false,
      waits: true,
      shopSteers: false,
      branches: ({ machine }) => ({ machine }),
      exits: ({ machine }) => [undefined, machine],
      names: () => [],
      labels: () => [],
      lint: () => undefined,
    },
  );

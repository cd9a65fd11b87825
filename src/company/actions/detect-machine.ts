import { z } from 'zod';
import { actionKind, type ActionList } from './action.js';

export const detectMachine = <A>(actions: ActionList<A>) =>
  actionKind(
    z.strictObject({
      /** A machine is let speak to its end first. */
      waits: z.boolean(),
      /** What happens when a machine has answered; for people the plan goes on. */
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

import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { actionKind, type ActionList } from './action.js';

export const callBack = <A>(actions: ActionList<A>) => {
  /** `found`: what happens once it is known whom the caller wants to reach. */
  const settings = z.strictObject({ found: actions.prefault(['connect']) });
  return actionKind(
    shorthand(z.union([z.null(), settings]), {
      decode: (written): z.output<typeof settings> => written ?? settings.parse({}),
      encode: (value) => value,
    }),
    {
      writable: true,
      waits: false,
      shopSteers: false,
      branches: ({ found }) => ({ found }),
      exits: () => [undefined],
      names: () => [],
      labels: () => [],
      lint: () => undefined,
    },
  );
};

import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { actionKind, type ActionList } from './action.js';

export const callBack = <A>(actions: ActionList<A>) => {
  /** `found`: actions when the party to connect is known. */
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

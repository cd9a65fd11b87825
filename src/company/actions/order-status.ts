import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { actionKind, type ActionList } from './action.js';

export const orderStatus = <A>(actions: ActionList<A>) => {
  /** `none`: actions when the caller has no open order. Default: the plan continues. */
  const settings = z.strictObject({ none: actions.optional() });
  return actionKind(
    shorthand(z.union([z.null(), settings]), {
      decode: (written): z.output<typeof settings> => written ?? {},
      encode: (value) => value,
    }),
    {
      writable: true,
      waits: false,
      shopSteers: false,
      branches: ({ none }) => ({ none }),
      exits: () => [undefined],
      names: () => [],
      labels: () => [],
      lint: () => undefined,
    },
  );
};

import { z } from 'zod';
import { shorthand } from '../../lib/codec.js';
import { actionKind } from './action.js';

export const answer = actionKind(shorthand(z.strictObject({}).nullish(), { decode: () => ({}), encode: () => null }), {
  writable: true,
  waits: false,
  shopSteers: false,
  branches: () => ({}),
  exits: () => [undefined],
  names: () => [],
  labels: () => [],
  lint: () => undefined,
});

import { z } from 'zod';
import { maskNumber } from '../lib/mask.js';
import type { Request } from './route.js';

/**
 * Query of responses that hold no telephone number by default, because their clients pass them on to people who must
 * not see it.
 */
export const withNumbers = z
  .enum(['true', 'false'])
  .optional()
  .describe('true: with telephone numbers, which are masked without the scope numbers:read');

/** How a telephone number is shown; undefined: not at all. */
export type ShownNumber = ((number: string) => string) | undefined;

export function shownNumber(wanted: z.output<typeof withNumbers>, can: Request['can']): ShownNumber {
  if (wanted !== 'true') return undefined;
  return can('numbers:read') ? (number) => number : maskNumber;
}

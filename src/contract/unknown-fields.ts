import { HAND_OVER_RESPONSE_FIELDS } from '../lib/hand-over-fields.js';
import { nearestWord } from '../lib/nearest-word.js';
import { hideNumbers } from './verify/hide.js';

/** Remedy for fields found by {@link mistypedFields}. */
export const MISTYPED_REMEDY =
  'correct the name: a field that the contract does not know has no effect, it only comes back with the next request';

/**
 * Describes the unknown fields of hand-over responses whose names resemble a field of the contract. All other unknown
 * fields are the shop's own keys.
 */
export function mistypedFields(names: Iterable<string>): string[] {
  return [...names].flatMap((name) => {
    const meant = nearestWord(name, HAND_OVER_RESPONSE_FIELDS);
    return meant === undefined ? [] : [`the field "${hideNumbers(name)}" is unknown; did you mean "${meant}"?`];
  });
}

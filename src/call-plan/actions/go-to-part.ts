import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import type { Transition } from './action.js';

export function goToPart(_call: Call, { go_to_part: part }: ActionOf<'go_to_part'>): Transition {
  return { type: 'part', part };
}

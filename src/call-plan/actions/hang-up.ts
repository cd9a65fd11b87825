import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import type { Transition } from './action.js';

export function hangUpAction({ state }: Call, { hang_up: { cause } }: ActionOf<'hang_up'>): Transition {
  return { type: 'hang_up', by: state.rejected ? 'operator' : 'plan', cause };
}

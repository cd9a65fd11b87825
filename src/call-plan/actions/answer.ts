import type { Call } from '../call.js';
import { CONTINUE, type Transition } from './action.js';

export function answer(call: Call): Transition {
  call.answer();
  return CONTINUE;
}

import { groupDigits } from '../format.js';
import { callerName, numberOf } from '../now/names.js';
import { can, session } from '../session.js';
import { callAtGateway } from './own-phone.js';
import type { Call } from './phone-state.js';
import { texts } from './texts.js';

/** The other party as the gateway knows it, with the shop's name; otherwise as the SIP message names it. */
export function whoOf(call: Pick<Call, 'number' | 'name'>): string {
  const known = callAtGateway.value;
  return known === undefined ? sipName(call) : callerName(known);
}

/** The number beside the name; undefined when the name is the number. */
export function numberBeside(call: Pick<Call, 'number' | 'name'>): string | undefined {
  const known = callAtGateway.value;
  if (known === undefined) return undefined;
  const number = numberOf(known);
  return number === whoOf(call) ? undefined : number;
}

/** Without what the gateway knows. */
export function sipName({ number, name }: Pick<Call, 'number' | 'name'>): string {
  if (/^[+*#\d]+$/.test(number)) return can('numbers:read') ? groupDigits(number) : texts.unknownCaller;
  const handset = session.handsets.find((each) => each.name === number);
  return handset?.title ?? (name === '' || name === 'anonymous' ? texts.unknownCaller : name);
}

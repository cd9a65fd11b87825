import type { ShownCall, State } from '../../../monitor/protocol.js';
import { groupDigits } from '../format.js';
import { texts } from './texts.js';

type Person = Omit<ShownCall['rings'][number], 'since'>;

export function numberOf({ number }: Pick<ShownCall, 'number'>): string {
  return number === '' ? texts.withheld : groupDigits(number);
}

/** The caller's name: from the shop, from the network, or the number. For an outgoing call: of the called party. */
export function callerName(call: ShownCall): string {
  return call.customer?.name || call.name || numberOf(call);
}

/** One name of a handset on the whole page: its operator's, or its own. */
export function handsetTitle(state: State | undefined, name: string): string {
  const handset = state?.handsets[name];
  return handset?.operator ?? (handset?.display_name || name);
}

export function personName(state: State | undefined, { handset, number, party }: Person): string {
  if (party !== undefined) return texts[party];
  return handset === undefined ? numberOf({ number: number ?? '' }) : handsetTitle(state, handset);
}

/** What a call does that does not ring at a handset. */
export function activityOf(state: State | undefined, call: ShownCall): string {
  const { talk, rings, from, number, parked } = call;
  if (parked !== undefined) return texts.parkedIn(parked.place);
  const isOutside = (person: Person) => person.number !== undefined && person.number === number;
  if (talk !== undefined) {
    // The called party of an outgoing call talks with who called it.
    const other = isOutside(talk) && from !== undefined ? from : talk;
    return isOutside(other) ? texts.beingCalled : texts.talksWith(personName(state, other));
  }
  if (call.direction === 'outgoing')
    return from === undefined ? texts.beingCalled : texts.callsFrom(personName(state, from));
  const others = rings.filter((person) => !isOutside(person));
  return others.length === 0 ? texts.inPlan : texts.rings(others.map((each) => personName(state, each)).join(', '));
}

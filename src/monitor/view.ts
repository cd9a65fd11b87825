import type { Identity } from '../http/route.js';
import { maskNumber } from '../lib/mask.js';
import type { ShownCall, State } from './protocol.js';
import { compact } from '../lib/compact.js';

/** The part of the state that a watcher sees: all calls, those of one handset label or those at one handset, with or without personal data. */
export interface View {
  label: string | null;
  /** An embedded phone sees only the calls of its own handset. */
  handset?: string | undefined;
  seesNumbers: boolean;
}

export function viewKey({ label, handset, seesNumbers }: View): string {
  return JSON.stringify([label, handset, seesNumbers]);
}

/** The call as this view shows it; undefined when the view hides it. */
export function viewCall(call: ShownCall | undefined, { label, handset, seesNumbers }: View): ShownCall | undefined {
  if (call === undefined || (label !== null && call.label !== label)) return undefined;
  if (handset !== undefined && !isAtHandset(call, handset)) return undefined;
  return seesNumbers ? call : masked(call);
}

function isAtHandset({ rings, talk, from }: ShownCall, handset: string): boolean {
  return [...rings, talk, from].some((party) => party?.handset === handset);
}

/** The handset to which an identity is limited. */
export function onlyHandset(who: Identity | undefined): string | undefined {
  return who?.phoneSession === undefined ? undefined : (who.operator?.handset ?? '');
}

export function viewState(state: State, view: View): State {
  const calls: State['calls'] = {};
  for (const [id, call] of Object.entries(state.calls)) {
    const shown = viewCall(call, view);
    if (shown !== undefined) calls[id] = shown;
  }
  return { ...state, calls };
}

function masked(call: ShownCall): ShownCall {
  const { number, rings, talk, from, transfer, ...rest } = call;
  delete rest.name;
  delete rest.customer;
  return compact({
    ...rest,
    number: maskNumber(number),
    rings: rings.map(maskedPerson),
    talk: talk && maskedPerson(talk),
    from: from && maskedPerson(from),
    transfer: transfer && { ...transfer, to: maskedPerson(transfer.to) },
  });
}

function maskedPerson<P extends { number?: string | undefined }>(person: P): P {
  return person.number === undefined ? person : { ...person, number: maskNumber(person.number) };
}

import type { ShownCall, State } from './protocol.js';

/** The call in which a handset talks: with a caller, or with a number that it called. */
export function talkOf({ calls }: Pick<State, 'calls'>, handset: string): string | undefined {
  return Object.values(calls).find(
    ({ talk, from }) => talk !== undefined && (talk.handset === handset || from?.handset === handset),
  )?.id;
}

/** Whether a handset rings, talks or calls in a running call. */
export function takesPart({ calls }: Pick<State, 'calls'>, callId: string, handset: string): boolean {
  const call: ShownCall | undefined = calls[callId];
  return call !== undefined && [...call.rings, call.talk, call.from].some((party) => party?.handset === handset);
}

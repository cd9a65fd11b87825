import type { State } from './protocol.js';

/** The call in which a handset talks: with a caller, or with a number that it called. */
export function talkOf({ calls }: Pick<State, 'calls'>, handset: string): string | undefined {
  return Object.values(calls).find(
    ({ talk, from }) => talk !== undefined && (talk.handset === handset || from?.handset === handset),
  )?.id;
}

import type { Directive } from './hand-over-contract.js';

/** This many equal `play` directives in a row end a hand-over: the shop does not react to the end of the playback. */
export const MOST_EQUAL_PLAYS = 3;

/** The shop's last response, if it was `play`, and how many times it came in a row. */
export interface EqualPlays {
  answer: string;
  times: number;
}

/** @returns null for any other directive */
export function countEqualPlays(before: EqualPlays | null | undefined, directive: Directive): EqualPlays | null {
  if (directive.type !== 'play') return null;
  const answer = JSON.stringify([directive.prompt, directive.echo]);
  return { answer, times: before?.answer === answer ? before.times + 1 : 1 };
}

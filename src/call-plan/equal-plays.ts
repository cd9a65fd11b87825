import type { Directive } from './hand-over-contract.js';

/** So many equal orders to play in a row end a hand-over: the shop does not notice that its prompt was played. */
export const MOST_EQUAL_PLAYS = 3;

/** A shop's last answer, when it was `play`, and how many times it came in a row. */
export interface EqualPlays {
  answer: string;
  times: number;
}

/** @returns null when the shop ordered anything else */
export function countEqualPlays(before: EqualPlays | null | undefined, directive: Directive): EqualPlays | null {
  if (directive.type !== 'play') return null;
  const answer = JSON.stringify([directive.prompt, directive.echo]);
  return { answer, times: before?.answer === answer ? before.times + 1 : 1 };
}

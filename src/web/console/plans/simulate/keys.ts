/** An input that waits for keys, as the API describes it. */
export interface AwaitedInput {
  typed: string;
  max: number;
}

/** The groups of keys of a call, one for each input, with one more key. */
export function withKey(groups: readonly string[], { typed }: AwaitedInput, key: string): string[] {
  // The input goes on: the key belongs to the group that it has received already.
  if (typed !== '') return [...groups.slice(0, -1), `${groups.at(-1) ?? ''}${key}`];
  return [...groups, key];
}

/** The groups of keys of a caller who lets the present input wait in vain. */
export function withSilence(groups: readonly string[]): string[] {
  return [...groups, ''];
}

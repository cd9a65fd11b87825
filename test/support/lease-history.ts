/** One thing that a gateway did as the owner of a node, in the order in which it really happened. */
export interface Deed {
  what: 'write' | 'effect';
  /** Of the lease that the gateway believed to have. */
  epoch: number;
}

/**
 * Two gateways have never written, or used Asterisk, at the same time: after the first write of an owner its predecessors wrote nothing, and
 * after its first effect they had none. A successor may write while its predecessor still finishes effects. @returns the faults
 */
export function faultsOfHistory(history: readonly Deed[]): string[] {
  const latest = { write: 0, effect: 0 };
  return history.flatMap(({ what, epoch }, index) => {
    latest[what] = Math.max(latest[what], epoch);
    const article = what === 'effect' ? 'an' : 'a';
    return epoch < latest[what]
      ? [`${what} ${index} of epoch ${epoch} after ${article} ${what} of epoch ${latest[what]}`]
      : [];
  });
}

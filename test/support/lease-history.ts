/** One thing that a gateway did as the owner of a node, in the order in which it really happened. */
export interface Deed {
  what: 'write' | 'effect';
  /** Of the lease that the gateway believed to have. */
  epoch: number;
}

/** Two gateways have never acted at the same time: after the first deed of an owner its predecessors did nothing. @returns the faults */
export function faultsOfHistory(history: readonly Deed[]): string[] {
  let latest = 0;
  return history.flatMap(({ what, epoch }, index) => {
    latest = Math.max(latest, epoch);
    return epoch < latest ? [`${what} ${index} of epoch ${epoch} after a deed of epoch ${latest}`] : [];
  });
}

/** A component of the gateway with a lifecycle. */
export interface Part {
  start?(): unknown;
  stop?(): unknown;
}

/** Stops the parts in reverse order. A failure does not keep the other parts from stopping, since they handle calls. */
export async function stopAll(parts: readonly Part[], onError: (error: unknown) => void): Promise<void> {
  for (const part of [...parts].reverse()) {
    try {
      await part.stop?.();
    } catch (error) {
      onError(error);
    }
  }
}

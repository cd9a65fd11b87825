/** Something of the gateway that runs. */
export interface Part {
  start?(): unknown;
  stop?(): unknown;
}

/** In reverse. One that cannot be stopped keeps none of the others from it: there are calls in their hands. */
export async function stopAll(parts: readonly Part[], onTrouble: (error: unknown) => void): Promise<void> {
  for (const part of [...parts].reverse()) {
    try {
      await part.stop?.();
    } catch (error) {
      onTrouble(error);
    }
  }
}

/** Waits for a condition without polling: waiters check again after each notified change. */
export class Changes {
  readonly #looks = new Set<() => void>();

  /** Makes every waiter check again. */
  notify(): void {
    for (const look of [...this.#looks]) look();
  }

  /**
   * Resolves with the value of `look` as soon as that is not undefined; rejects when `look` throws, or after `withinMs`
   * with `complaint()` as the message.
   */
  until<T>(look: () => T | undefined, withinMs: number, complaint: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        clearTimeout(timer);
        this.#looks.delete(again);
        finish();
      };
      const again = () => {
        try {
          const found = look();
          if (found !== undefined) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`${complaint()} (waited ${withinMs} ms)`))),
        withinMs,
      );
      this.#looks.add(again);
      again();
    });
  }
}

/**
 * Runs a job for each item, at most `width` at once. Resolves with the results in the order of the items.
 *
 * @throws the error of the first job that fails, after the running jobs have ended; no further job is started
 */
export async function atMost<T, R>(width: number, items: readonly T[], job: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const work = async () => {
    for (let index = next++; index < items.length && !failed; index = next++) {
      try {
        results[index] = await job(items[index] as T);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, work));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return results;
}

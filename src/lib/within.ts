/**
 * What `work` results in, or what `late` does when that takes longer. The work itself goes on, and a failure after that is ignored.
 *
 * @param ms longest wait @throws what `work` or `late` throws
 */
export async function within<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  }).then(late);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits for what is being started. If it does not start, what was started for it is stopped: an attempt that fails leaves
 * nothing open for the next one.
 */
export async function orStop<T>(starting: Promise<T>, ...started: { stop(): Promise<unknown> }[]): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    await Promise.all(started.map((one) => one.stop()));
    throw error;
  }
}

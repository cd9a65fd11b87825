/**
 * Waits for a start. If it fails, the services started for it are stopped: a failed attempt leaves
 * no handle open for the next one.
 */
export async function orStop<T>(starting: Promise<T>, ...started: { stop(): Promise<unknown> }[]): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    await Promise.all(started.map((one) => one.stop()));
    throw error;
  }
}

import { OutcomeUnknown, type EffectResult } from './runtime-types.js';

/** Runs a job and reports how it went. @param report gets the time (ms) that it took */
export async function measured<T>(
  job: () => Promise<T>,
  report: (result: EffectResult, ms: number) => void,
): Promise<T> {
  const begunAt = performance.now();
  let result: EffectResult = 'ok';
  try {
    return await job();
  } catch (error) {
    result = error instanceof OutcomeUnknown ? 'unknown' : 'failed';
    throw error;
  } finally {
    report(result, performance.now() - begunAt);
  }
}

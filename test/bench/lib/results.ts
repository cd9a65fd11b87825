import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Results by scenario: one file can hold those of several runs. */
export type Results = Record<string, object>;

/** Adds the result of a scenario to a file, or replaces it there; the others stay. */
export async function saveResult(file: string, scenario: string, result: object): Promise<void> {
  const results = withResult(await readFile(file, 'utf8').catch(() => undefined), scenario, result);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** @param text the file as it is; undefined when there is none */
export function withResult(text: string | undefined, scenario: string, result: object): Results {
  const earlier: unknown = text === undefined ? {} : JSON.parse(text);
  const isMap = typeof earlier === 'object' && earlier !== null && !Array.isArray(earlier);
  if (!isMap) throw new Error('the file of the results holds something else');
  return { ...(earlier as Results), [scenario]: result };
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fixtureSchema, type Fixture } from '../fixture.js';

export interface NamedFixture {
  name: string;
  fixture: Fixture;
}

/** @throws {Error} that names the invalid file */
export async function readFixtures(folder: string): Promise<NamedFixture[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      try {
        return { name, fixture: fixtureSchema.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8'))) };
      } catch (error) {
        throw new Error(`${name} is not a fixture of cordboard record: ${error instanceof Error ? error.message : ''}`);
      }
    }),
  );
}

/** The fields of a JSON object or form; undefined for any other body. */
export function fieldsOf({ headers, body }: Fixture['request']): Record<string, unknown> | undefined {
  if (typeof body !== 'string') return undefined;
  if ((headers['content-type'] ?? '').includes('x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(body));
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

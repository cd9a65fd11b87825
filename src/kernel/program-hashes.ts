import { createHash } from 'node:crypto';

/** Hashes of programs. Calls with one program share one object, which is written as JSON and hashed once. */
export class ProgramHashes {
  readonly #known = new WeakMap<object, string>();

  /** @param program must not be changed afterwards */
  of(program: unknown): string {
    const known = isObject(program) ? this.#known.get(program) : undefined;
    const hash = known ?? createHash('sha256').update(JSON.stringify(program)).digest('hex');
    if (isObject(program)) this.#known.set(program, hash);
    return hash;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import { invalid, notFound } from '../../../http/problem.js';
import type { Company } from '../../../company/company.js';
import type { CallNumbers } from '../../../calls/call-numbers.js';
import type { ControlProfile } from './profile.js';

/** Storage of assigned ids. */
interface IdShelf {
  meta(key: string): Promise<string | undefined>;
  keep(key: string, value: string): Promise<void>;
}

/** The plan of a line, or a part. */
export type Recipe = { line: string } | { part: string };

const KEY = 'telfa_ids';

type Kind = 'recipes' | 'numbers';

/**
 * Integer ids for things that have only a name. An id is assigned at first use, stored and never reused, because a shop may still know it.
 * Ids of the profile take precedence.
 */
export class ControlIds {
  /** By kind, then name. */
  #given: Record<Kind, Record<string, number>> | undefined;
  #storing: Promise<unknown> = Promise.resolve();

  constructor(private readonly shelf: IdShelf) {}

  async recipes({ lines, parts }: Company, { recipe_ids: wanted }: ControlProfile): Promise<Map<number, Recipe>> {
    const numbers = new Set(lines.map(({ number }) => number));
    const ids = await this.#idsOf('recipes', [...numbers, ...Object.keys(parts)], wanted);
    return new Map([...ids].map(([id, name]) => [id, numbers.has(name) ? { line: name } : { part: name }]));
  }

  /** E.164. */
  async numbers({ lines }: Company, { number_ids: wanted }: ControlProfile): Promise<Map<number, string>> {
    const names = lines.map(({ number }) => number);
    return this.#idsOf('numbers', names, wanted);
  }

  /** In the order of ids. */
  async #idsOf(kind: Kind, names: readonly string[], wanted: Record<string, string>): Promise<Map<number, string>> {
    const given = await this.#give(kind, names, wanted);
    const chosen = new Map(Object.entries(wanted).map(([id, name]) => [name, Number(id)]));
    const ids = names.map((name): [number, string] => [chosen.get(name) ?? given[name] ?? 0, name]);
    return new Map(ids.sort(([a], [b]) => a - b));
  }

  /** Serialized, so that two requests never assign the same id. */
  #give(kind: Kind, names: readonly string[], wanted: Record<string, string>): Promise<Record<string, number>> {
    const given = this.#storing.then(() => this.#giveMissing(kind, names, wanted));
    this.#storing = given.catch(() => undefined);
    return given;
  }

  async #giveMissing(kind: Kind, names: readonly string[], wanted: Record<string, string>) {
    this.#given ??= { recipes: {}, numbers: {}, ...(JSON.parse((await this.shelf.meta(KEY)) ?? '{}') as object) };
    const given = this.#given[kind];
    const missing = names.filter((name) => !Object.hasOwn(given, name) || isTaken(given[name], name, wanted));
    if (missing.length === 0) return given;
    let last = Math.max(0, ...Object.values(given), ...Object.keys(wanted).map(Number));
    const all = { ...given, ...Object.fromEntries(missing.map((name) => [name, (last += 1)])) };
    const kept = { ...this.#given, [kind]: all };
    await this.shelf.keep(KEY, JSON.stringify(kept));
    this.#given = kept;
    return all;
  }
}

/** The company has assigned the id to something else since. */
function isTaken(id: number | undefined, name: string, wanted: Record<string, string>): boolean {
  const owner = wanted[String(id)];
  return owner !== undefined && owner !== name;
}

export function idOf<T>(ids: ReadonlyMap<number, T>, is: (thing: T) => boolean): number | null {
  return [...ids].find(([, thing]) => is(thing))?.[0] ?? null;
}

/** The call of a request, by its integer or by its call id, which is never an integer. */
export async function callIdOf(
  given: string,
  { ports }: { ports: { numbers: Pick<CallNumbers, 'callId'> } },
): Promise<string> {
  const id = given.trim();
  return /^\d{1,15}$/.test(id) ? ((await ports.numbers.callId(Number(id))) ?? id) : id;
}

/** Requires a thing of the path. @throws {Problem} 404 */
export function found<T>(thing: T | undefined, what: string): T {
  if (thing === undefined) throw notFound(`there is no such ${what}`);
  return thing;
}

/** Requires a thing of a field. @throws {Problem} 422 */
export function known<T>(thing: T | undefined, field: string, what: string): T {
  if (thing === undefined) throw invalid([{ field, detail: `there is no such ${what}` }]);
  return thing;
}

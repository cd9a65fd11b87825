import { profileKind } from '../../directory/profiles.js';
import { firstPositions } from '../../lib/first-positions.js';
import type { Company } from '../company.js';

/** Sections of the document whose entries pointers name by a key of theirs. */
const KEYS: Record<string, (company: Company) => (string | number)[]> = {
  lines: ({ lines }) => lines.map(({ number }) => number),
  prompts: ({ prompts }) => prompts.map(({ id }) => id),
  queues: ({ queues }) => queues.map(({ id }) => id),
  handsets: ({ handsets }) => handsets.map(({ name }) => name),
  webhooks: ({ webhooks }) => webhooks.map(({ name }) => name),
  callbacks: ({ callbacks }) => callbacks.map(({ name }) => name),
  music: ({ music }) => music.map(({ name }) => name),
};

/** What a company's document defines, by name. Made once for all rules: each look-up takes constant time. */
export class Names {
  readonly #positions = new Map<string, ReadonlyMap<string, number>>();
  readonly #sets = new Map<string, ReadonlySet<string>>();

  constructor(private readonly company: Company) {}

  get parts(): ReadonlySet<string> {
    return this.#set('parts', ({ parts }) => Object.keys(parts));
  }

  get handsets(): ReadonlySet<string> {
    return this.#set('handsets', ({ handsets }) => handsets.map(({ name }) => name));
  }

  /** Ids of queues, as text. */
  get queues(): ReadonlySet<string> {
    return this.#set('queues', ({ queues }) => queues.map(({ id }) => String(id)));
  }

  get music(): ReadonlySet<string> {
    return this.#set('music', ({ music }) => music.map(({ name }) => name));
  }

  /** Profiles of the hand-over contract. */
  get handOverProfiles(): ReadonlySet<string> {
    return this.#set('profiles', ({ profiles }) =>
      ['telfa', ...Object.keys(profiles)].filter((name) => profileKind(profiles, name) === 'telfa'),
    );
  }

  /** Index of an entry in its section; undefined when there is none, or the section is no list with keys. */
  indexOf(section: string, key: string): number | undefined {
    const keysOf = Object.hasOwn(KEYS, section) ? KEYS[section] : undefined;
    if (keysOf === undefined) return undefined;
    let positions = this.#positions.get(section);
    if (positions === undefined) {
      positions = firstPositions(keysOf(this.company).map(String));
      this.#positions.set(section, positions);
    }
    return positions.get(key);
  }

  #set(name: string, of: (company: Company) => string[]): ReadonlySet<string> {
    let found = this.#sets.get(name);
    if (found === undefined) {
      found = new Set(of(this.company));
      this.#sets.set(name, found);
    }
    return found;
  }
}

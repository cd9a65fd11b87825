import type { AmiFields, AmiItem } from './ami-connection.js';
import { textOf } from './ami-connection.js';
import { ignoringRefused } from '../ignored-errors.js';

export type AmiAction = (fields: AmiFields) => Promise<AmiItem>;

/** Runs the job with a connection that may write Asterisk's configuration. */
export type ConfigWriter = (job: (action: AmiAction) => Promise<void>) => Promise<void>;

export interface Section {
  name: string;
  /** In file order; a name may occur more than once. */
  settings: [name: string, value: string][];
}

/** A configuration file of Asterisk that the gateway owns, read and written over AMI. */
export class ConfigFile {
  /** @param read needs the class `system`; @param write needs `config` */
  constructor(
    private readonly name: string,
    private readonly read: AmiAction,
    private readonly write: ConfigWriter,
  ) {}

  /** Writes changed sections and deletes all others. Takes effect with the module's next reload. */
  async put(sections: Section[]): Promise<void> {
    const found = await this.#found();
    const there = new Map(found?.map(({ name, settings }) => [name, settings]));
    const unwanted = [...there.keys()].filter((name) => !sections.some((section) => section.name === name));
    const changed = sections.filter(({ name, settings }) => !sameSettings(there.get(name), settings));
    if (unwanted.length === 0 && changed.length === 0) return;
    await this.write(async (action) => {
      if (found === undefined) await action({ Action: 'CreateConfig', Filename: this.name });
      for (const name of unwanted) await action(this.#update([{ Action: 'DelCat', Cat: name }]));
      for (const { name: Cat, settings } of changed) {
        const old = there.has(Cat) ? [{ Action: 'DelCat', Cat }] : [];
        const lines = settings.map(([Var, Value]) => ({ Action: 'Append', Cat, Var, Value }));
        const [first, ...more] = chunks([...old, { Action: 'NewCat', Cat }, ...lines]);
        for (const changes of [first ?? [], ...more]) await action(this.#update(changes));
      }
    });
  }

  /** Undefined when there is no such file. */
  async #found(): Promise<Section[] | undefined> {
    // JSON is one header: the library is slow with long lists of headers.
    const reply = await ignoringRefused(this.read({ Action: 'GetConfigJSON', Filename: this.name }));
    return reply && readSections(textOf(reply, 'json'));
  }

  #update(changes: Record<string, string>[]): AmiFields {
    const numbered = changes.flatMap((change, index) =>
      Object.entries(change).map(([key, value]) => [`${key}-${String(index).padStart(6, '0')}`, value]),
    );
    const files = { SrcFilename: this.name, DstFilename: this.name, Reload: 'no' };
    return { Action: 'UpdateConfig', ...files, ...(Object.fromEntries(numbered) as Record<string, string>) };
  }
}

const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const SECTIONS = new RegExp(String.raw`(${TEXT}):\{((?:${TEXT}|[^"}])*)\}`, 'g');
const SETTINGS = new RegExp(String.raw`(${TEXT}):(${TEXT})`, 'g');

/** Parsed by hand: JSON.parse would drop repeated settings. */
export function readSections(json: string): Section[] {
  const text = (quoted: string | undefined) => JSON.parse(quoted ?? '""') as string;
  return [...json.matchAll(SECTIONS)].map(([, name, settings]) => ({
    name: text(name),
    settings: [...(settings ?? '').matchAll(SETTINGS)].map(([, key, value]) => [text(key), text(value)]),
  }));
}

function sameSettings(has: Section['settings'] | undefined, wanted: Section['settings']): boolean {
  return JSON.stringify(has) === JSON.stringify(wanted);
}

/** An AMI action has at most 128 headers, and a change up to four. */
function chunks<T>(changes: T[]): T[][] {
  const most = 28;
  return Array.from({ length: Math.ceil(changes.length / most) }, (_, index) =>
    changes.slice(index * most, (index + 1) * most),
  );
}

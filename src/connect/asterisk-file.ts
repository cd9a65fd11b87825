import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Section } from '../asterisk/ami/config-file.js';

/** The configuration of an Asterisk. */
export interface AsteriskFiles {
  /** The sections of a file with everything that it includes; undefined when there is no such file, or when it cannot be read. */
  sections(file: string): Promise<Section[] | undefined>;
}

const MOST_DEPTH = 10;
const INCLUDE = /^#(?:try)?include\s+["<]?([^">\s]+)[">]?/;
const SECTION = /^\[([^\]]+)\]/;
const SETTING = /^([^=]+?)\s*=>?\s*(.*)$/;

/** The configuration in a folder of this machine. */
export class FolderFiles implements AsteriskFiles {
  /** @param without a folder inside, whose files are not read */
  constructor(
    private readonly folder: string,
    private readonly without?: string,
  ) {}

  /** The files that a file includes, over others too. */
  async includes(file: string): Promise<string[]> {
    const found: string[] = [];
    await this.#read(file, [], 0, found);
    return found;
  }

  async sections(file: string): Promise<Section[] | undefined> {
    const found: Section[] = [];
    return (await this.#read(file, found, 0)) ? found : undefined;
  }

  async #read(file: string, found: Section[], depth: number, includes: string[] = []): Promise<boolean> {
    const text = await readFile(path.resolve(this.folder, file), 'utf8').catch(() => undefined);
    if (text === undefined || depth > MOST_DEPTH) return false;
    for (const line of text.split('\n').map(withoutComment)) {
      const included = INCLUDE.exec(line)?.[1];
      const section = SECTION.exec(line)?.[1];
      const setting = SETTING.exec(line);
      if (included !== undefined) {
        for (const one of await this.#matching(included)) {
          includes.push(one);
          if (this.without === undefined || path.dirname(one) !== this.without)
            await this.#read(one, found, depth + 1, includes);
        }
      } else if (section !== undefined) {
        found.push({ name: section, settings: [] });
      } else if (setting !== null) {
        found.at(-1)?.settings.push([setting[1] ?? '', setting[2] ?? '']);
      }
    }
    return true;
  }

  /** `*` stands for any text in the last part, as in `pjsip.d/*.conf`. */
  async #matching(included: string): Promise<string[]> {
    const pattern = path.basename(included);
    if (!pattern.includes('*')) return [included];
    const [start = '', end = ''] = pattern.split('*');
    const names = await readdir(path.resolve(this.folder, path.dirname(included))).catch(() => []);
    return names
      .filter((name) => name.startsWith(start) && name.endsWith(end))
      .sort()
      .map((name) => path.join(path.dirname(included), name));
  }
}

function withoutComment(line: string): string {
  return line.replace(/(?<!\\);.*$/, '').trim();
}

/** The last value of a setting in all sections of a name; undefined when there is none. */
export function settingIn(
  sections: readonly Section[] | undefined,
  section: string,
  setting: string,
): string | undefined {
  const named = (sections ?? []).filter(({ name }) => name === section);
  return named
    .flatMap(({ settings }) => settings.filter(([name]) => name === setting).map(([, value]) => value))
    .at(-1);
}

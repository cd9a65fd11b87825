import { chown, mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AsteriskNames } from '../asterisk/names.js';
import { FolderFiles } from './asterisk-file.js';
import { finding, type Finding } from './sheet.js';
import { snippetsFor, type Snippet, type SnippetValues } from './snippets.js';

/** Folder of Asterisk's configuration, unless the owner has another one. */
export const USUAL_FOLDER = '/etc/asterisk';

/** Files with passwords are for Asterisk and root. */
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;

/** The gateway's own files in the folder of Asterisk's configuration. The owner's files are read, and never written. */
export class OwnFolder {
  readonly #files: FolderFiles;

  /** @param etc folder of Asterisk's configuration, such as `/etc/asterisk` */
  constructor(
    private readonly etc: string,
    private readonly names: AsteriskNames,
  ) {
    this.#files = new FolderFiles(etc, names.app);
  }

  /** Writes the snippets, and the files that the gateway fills over AMI, which must exist when Asterisk reads them. */
  async write(values: SnippetValues): Promise<void> {
    const owner = await stat(path.join(this.etc, 'extensions.conf'));
    const keep = async (file: string, text: string, flag: 'w' | 'wx') => {
      await writeFile(file, text, { mode: FILE_MODE, flag }).catch(ignoring('EEXIST'));
      await chown(file, owner.uid, owner.gid);
    };
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
    await chown(this.#folder, owner.uid, owner.gid);
    for (const { name, text } of await this.#snippets(values)) await keep(path.join(this.#folder, name), text, 'w');
    for (const file of Object.values(this.names.files)) await keep(path.join(this.etc, file), '', 'wx');
  }

  /** A row for each snippet that no file of the owner includes, with the line to add. */
  async findings(): Promise<Finding[]> {
    const isFreepbx = await this.#exists('extensions_additional.conf');
    const rows = await Promise.all(
      (await snippetsFor(NO_VALUES)).map(async (snippet) => {
        if ((await this.#files.includes(snippet.file)).includes(this.#pathOf(snippet))) return undefined;
        return finding('files', 'missing', `${snippet.file}: ${snippet.why}`, await this.#lineFor(snippet, isFreepbx));
      }),
    );
    const missing = rows.filter((row) => row !== undefined);
    return missing.length === 0 ? [finding('files', 'ok', `every file includes ${this.names.app}/…`)] : missing;
  }

  /** Removes the gateway's files. @returns the lines that the owner should remove, as `file:number: line` */
  async remove(): Promise<string[]> {
    for (const { name } of await snippetsFor(NO_VALUES)) await rm(path.join(this.#folder, name), { force: true });
    // Files that somebody has put there stay.
    await rmdir(this.#folder).catch(ignoring('ENOENT', 'ENOTEMPTY'));
    for (const file of Object.values(this.names.files)) await rm(path.join(this.etc, file), { force: true });
    return this.#includeLines();
  }

  get #folder(): string {
    return path.join(this.etc, this.names.app);
  }

  #pathOf({ name }: Snippet): string {
    return `${this.names.app}/${name}`;
  }

  /** Two mappings of one type to files would make Asterisk find each account twice. */
  async #snippets(values: SnippetValues): Promise<Snippet[]> {
    const sorcery = (await this.#files.sections('sorcery.conf')) ?? [];
    return (await snippetsFor(values)).map((snippet) => {
      if (snippet.file !== 'sorcery.conf') return snippet;
      const own = sorcery.filter(({ name }) => name === snippet.section).flatMap(({ settings }) => settings);
      const mapped = new Set(own.map(([type]) => type));
      const isKept = (line: string) => !line.includes('=config,') || !mapped.has(line.split('=')[0] ?? '');
      return { ...snippet, text: snippet.text.split('\n').filter(isKept).join('\n') };
    });
  }

  async #lineFor(snippet: Snippet, isFreepbx: boolean): Promise<string> {
    // Unlike `#include`, it is no error when the file is missing: the owner may remove the line later than the file.
    const line = `#tryinclude ${this.#pathOf(snippet)}`;
    const file = isFreepbx ? snippet.freepbxFile : snippet.file;
    if (snippet.section === undefined || file !== snippet.file) return `Add to the end of ${file}: ${line}`;
    const sections = (await this.#files.sections(file)) ?? [];
    return sections.some(({ name }) => name === snippet.section)
      ? `Add to the section [${snippet.section}] of ${file}: ${line}`
      : `Add to the end of ${file} two lines: [${snippet.section}] and ${line}`;
  }

  async #includeLines(): Promise<string[]> {
    const found: string[] = [];
    for (const file of (await readdir(this.etc)).filter((name) => name.endsWith('.conf')).sort()) {
      const lines = (await readFile(path.join(this.etc, file), 'utf8')).split('\n');
      for (const [index, line] of lines.entries())
        if (/^\s*#(try)?include\b/.test(line) && line.includes(`${this.names.app}/`))
          found.push(`${file}:${index + 1}: ${line.trim()}`);
    }
    return found;
  }

  #exists(file: string): Promise<boolean> {
    return stat(path.join(this.etc, file)).then(
      () => true,
      () => false,
    );
  }
}

function ignoring(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  };
}

/** Only names of files are wanted. */
const NO_VALUES = new Proxy<SnippetValues>({}, { get: () => '' });

import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { FOLDERS } from './format.js';
import { ignoreMissing } from './ignore-missing.js';

export interface ContentFile {
  /** In the archive, relative to the data folder. */
  name: string;
  file: string;
  bytes: number;
}

/** Folder of incomplete files in `audio` and `recordings`. */
const INCOMPLETE = 'tmp';

/** The files of the data folder beside the database, in order of their names. */
export async function listContentFiles(dataDir: string): Promise<ContentFile[]> {
  const found: ContentFile[] = [];
  for (const folder of FOLDERS) await collect(dataDir, folder, found);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function collect(dataDir: string, folder: string, found: ContentFile[]): Promise<void> {
  for (const entry of await entriesOf(path.join(dataDir, folder))) {
    const name = `${folder}/${entry}`;
    const file = path.join(dataDir, name);
    const about = await stat(file).catch(ignoreMissing);
    if (about?.isFile() === true) found.push({ name, file, bytes: about.size });
    else if (about?.isDirectory() === true && entry !== INCOMPLETE) await collect(dataDir, name, found);
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  const names: string[] = [];
  const opened = await opendir(folder).catch(ignoreMissing);
  if (opened !== undefined) for await (const { name } of opened) names.push(name);
  return names;
}

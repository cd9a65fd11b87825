import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Company } from '../company/company.js';
import { goesThroughFront } from '../directory/trunk-front.js';
import { sourcesOf } from '../directory/trunk-sources.js';
import type { FrontSettings } from './front-settings.js';
import { FILES, kamailioConfig } from './kamailio-config.js';
import { addressesTable, nodesTable, routesTable } from './kamailio-tables.js';

/** A file that Kamailio reads. */
export type FrontFile = Exclude<keyof typeof FILES, 'control'>;

/** How a running Kamailio reads a file again, as arguments of `kamcmd`; it reads its configuration when it starts only. */
export const RELOAD: Record<Exclude<FrontFile, 'config'>, readonly string[]> = {
  nodes: ['dispatcher.reload'],
  addresses: ['permissions.addressReload'],
  routes: ['htable.reload', 'routes'],
};

/** @param folder absolute path @returns the text of each file */
export async function frontFiles(
  company: Pick<Company, 'queues' | 'handsets' | 'lines' | 'parts' | 'trunks'>,
  settings: FrontSettings,
  folder: string,
): Promise<Record<FrontFile, string>> {
  const trunks = await Promise.all(
    company.trunks.filter(goesThroughFront).map(async (trunk) => ({ ...trunk, ...(await sourcesOf(trunk)) })),
  );
  return {
    config: kamailioConfig(settings.front, folder),
    nodes: nodesTable(settings.nodes),
    addresses: addressesTable(settings, trunks),
    routes: routesTable(company, settings.nodes),
  };
}

/** Writes the files that differ, each at once, so that Kamailio never reads half of one. @returns these */
export async function writeFrontFiles(folder: string, files: Record<FrontFile, string>): Promise<FrontFile[]> {
  const changed: FrontFile[] = [];
  for (const name of Object.keys(files) as FrontFile[]) {
    const file = path.join(folder, FILES[name]);
    await mkdir(path.dirname(file), { recursive: true });
    if ((await readFile(file, 'utf8').catch(() => undefined)) === files[name]) continue;
    await writeFile(`${file}.new`, files[name]);
    await rename(`${file}.new`, file);
    changed.push(name);
  }
  return changed;
}

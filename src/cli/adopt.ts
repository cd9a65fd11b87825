import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ADOPT_FILE } from '../storage/installation.js';
import { CommandError, EXIT, type Terminal } from './command.js';

/** Marks the data folder as the moved installation itself, not a copy. The next start of the gateway accepts it. */
export async function adopt(terminal: Terminal): Promise<number> {
  const folder = path.resolve(terminal.env['CORDBOARD_DATA'] ?? 'data');
  try {
    await stat(path.join(folder, terminal.env['DATABASE_URL'] ? 'installation.json' : 'cordboard.db'));
    await writeFile(path.join(folder, ADOPT_FILE), '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${folder} is not a data folder that can be adopted (${String(code)}): set CORDBOARD_DATA`);
  }
  terminal.out(
    `The next start accepts ${folder} as the installation itself. Stop the gateway that it was moved from.\n`,
  );
  return EXIT.ok;
}

import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ADOPT_FILE } from '../storage/installation.js';
import { CommandError, EXIT, type Terminal } from './command.js';

/** Says that the data folder is the installation itself, moved, and no copy of it. The next start of the gateway believes it. */
export async function adopt(terminal: Terminal): Promise<number> {
  const folder = path.resolve(terminal.env['CORDBOARD_DATA'] ?? 'data');
  try {
    await stat(path.join(folder, 'cordboard.db'));
    await writeFile(path.join(folder, ADOPT_FILE), '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${folder} is no data folder that can be adopted (${String(code)}): set CORDBOARD_DATA`);
  }
  terminal.out(
    `The next start takes ${folder} for the installation itself. The gateway that it was moved from has to be ended.\n`,
  );
  return EXIT.ok;
}

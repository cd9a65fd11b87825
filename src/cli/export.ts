import { writeFile } from 'node:fs/promises';
import { CommandError, EXIT, type Terminal } from './command.js';
import { Gateway } from './gateway.js';

export async function exportTo(file: string | undefined, terminal: Terminal): Promise<number> {
  const text = await (await Gateway.of(terminal)).request('GET', '/api/v1/config');
  if (file === undefined) terminal.out(text);
  else await write(file, text);
  return EXIT.ok;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
}

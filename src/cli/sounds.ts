import { fileURLToPath } from 'node:url';
import type { Terminal } from './command.js';

/** The shipped sounds: `sounds/` beside `src/` and `dist/`. */
export function soundsFolder({ env }: Terminal): string {
  const given = env['CORDBOARD_SOUNDS'];
  return given === undefined || given === '' ? fileURLToPath(new URL('../../sounds/', import.meta.url)) : given;
}

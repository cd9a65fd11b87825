import { readFileSync } from 'node:fs';

/** The version in package.json: its only place. This file is two levels below the package, as source and as built. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

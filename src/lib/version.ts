import { readFileSync } from 'node:fs';

/** The version in package.json. This file is two levels below the package root, both as source and as build output. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
).version;

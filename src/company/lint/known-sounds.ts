import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { KnownSounds } from './linter.js';

/** Below a language's folder: pieces of sentences, under names such as `status/new`. */
const FRAGMENT_FOLDERS = ['status', 'digits'];

/** The sounds below a folder laid out as `<language>/<sound>.wav`, and those of `music/`; none when there is no such folder. */
export async function readKnownSounds(folder: string): Promise<KnownSounds> {
  const languages = await namesIn(folder);
  const known = await Promise.all(
    languages.map(async (language) => [language, await soundsOf(path.join(folder, language))] as const),
  );
  return new Map(known.filter(([, names]) => names.size > 0));
}

async function soundsOf(folder: string): Promise<Set<string>> {
  const names = await soundsIn(folder);
  const fragments = await Promise.all(
    FRAGMENT_FOLDERS.map(async (below) => (await soundsIn(path.join(folder, below))).map((name) => `${below}/${name}`)),
  );
  return new Set([...names, ...fragments.flat()]);
}

async function soundsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((file) => file.endsWith('.wav')).map((file) => path.basename(file, '.wav'));
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

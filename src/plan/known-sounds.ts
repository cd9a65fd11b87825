import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { KnownSounds } from './linter.js';

/** The sounds below a folder laid out as `<language>/<sound>.wav`, and those of `music/`; none when there is no such folder. */
export async function readKnownSounds(folder: string): Promise<KnownSounds> {
  const languages = await namesIn(folder);
  const sounds = await Promise.all(languages.map((language) => namesIn(path.join(folder, language))));
  return new Map(
    languages
      .map((language, index) => [language, soundsAmong(sounds[index] ?? [])] as const)
      .filter(([, names]) => names.size > 0),
  );
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function soundsAmong(files: readonly string[]): Set<string> {
  return new Set(files.filter((file) => file.endsWith('.wav')).map((file) => path.basename(file, '.wav')));
}

import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { toneWav } from './tones.js';

/** Speech fragments as tones: each has its own test prompt in each language, from 200 downwards. */

const HIGHEST_PROMPT = 200;
const root = path.resolve(import.meta.dirname, '../..');
const texts = parse(readFileSync(path.join(root, 'sounds/texts.yaml'), 'utf8')) as Record<
  string,
  Record<string, string>
>;
const names = Object.entries(texts).filter(([name]) => /^(status|digits)\//.test(name));

/** The names of the fragments in a language, in a fixed order. */
export function fragmentNames(language: string): string[] {
  return names.filter(([, said]) => said[language] !== undefined).map(([name]) => name);
}

/** The fragment with this prompt's tone; undefined for a prompt. */
export function fragmentOfTone(language: string, prompt: number): string | undefined {
  return fragmentNames(language)[HIGHEST_PROMPT - prompt];
}

/** Writes all fragments of a language, and what they say, into a folder of sounds. */
export async function writeFragmentTones(folder: string, language: string, toneMs: number): Promise<void> {
  await copyFile(path.join(root, 'sounds/texts.yaml'), path.join(folder, 'texts.yaml'));
  for (const below of ['status', 'digits']) await mkdir(path.join(folder, language, below), { recursive: true });
  await Promise.all(
    fragmentNames(language).map((name, index) =>
      writeFile(path.join(folder, language, `${name}.wav`), toneWav(HIGHEST_PROMPT - index, language, toneMs)),
    ),
  );
}

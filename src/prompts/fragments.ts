import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Logger } from '../lib/logger.js';
import type { AudioStore } from './audio-store.js';
import type { Prompt } from './schema.js';
import { withoutEdges } from './trim.js';
import { isPlayable, readWavLayout } from './wav.js';

/** Ids from here on, up to those of spoken texts, are of fragments: prompts that no document has. */
export const FIRST_FRAGMENT_ID = 900_000_000;
const IDS = 100_000_000;

/** Folders below `sounds/<language>/` that hold fragments. Those of `digits` were made for Asterisk, with silence around them. */
const FOLDERS = ['status', 'digits'];
const SILENT_EDGES = 'digits';

/** Sounds that are whole sentences, beside the folders: why somebody is not to be had, what a key is for. */
const SENTENCES = /^(bridge|offer)-/;

/** Written before a vowel, for the voice that reads it. */
const STRESS = '+';

const textsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** The same for ever: calls remember it. */
export function fragmentId(language: string, name: string): number {
  return FIRST_FRAGMENT_ID + (createHash('sha256').update(`${language}/${name}`).digest().readUInt32BE() % IDS);
}

/**
 * Recorded pieces of sentences that come with the gateway: `status/new` is `sounds/<language>/status/new.wav`. Each language's
 * recording is a prompt of its own, so that a sentence is never put together from two languages.
 */
export class Fragments {
  readonly #prompts = new Map<number, Prompt>();
  #texts: z.output<typeof textsSchema> = {};

  constructor(private readonly options: { audio: Pick<AudioStore, 'lend'>; soundsFolder: string; logger: Logger }) {}

  /** Takes in all there are. */
  async start(): Promise<void> {
    const { soundsFolder } = this.options;
    const languages = (await namesIn(soundsFolder)).filter((name) => /^[a-z]{2}$/.test(name));
    for (const language of languages) {
      const sentences = (await namesIn(join(soundsFolder, language))).filter((file) => SENTENCES.test(file));
      const pieces = FOLDERS.map(async (folder) =>
        (await namesIn(join(soundsFolder, language, folder))).map((file) => `${folder}/${file}`),
      );
      for (const file of [...sentences, ...(await Promise.all(pieces)).flat()])
        if (file.endsWith('.wav')) await this.#takeIn(language, file.slice(0, -'.wav'.length));
    }
    this.#texts = await textsIn(join(soundsFolder, 'texts.yaml'));
  }

  /** The prompt id of a fragment in a language; undefined when it is not recorded. */
  find(language: string, name: string): number | undefined {
    const id = fragmentId(language, name);
    return this.#prompts.has(id) ? id : undefined;
  }

  /** A fragment as a prompt; undefined when that is none of their ids. */
  prompt(id: number): Prompt | undefined {
    return this.#prompts.get(id);
  }

  /** The fragments of a language. */
  ofLanguage(language: string): Prompt[] {
    return [...this.#prompts.values()].filter(({ name }) => name.startsWith(`${language}/`));
  }

  /** What the recording says, for people; undefined where that is not written down. */
  textOf(language: string, name: string): string | undefined {
    return this.#texts[name]?.[language]?.replaceAll(STRESS, '');
  }

  async #takeIn(language: string, name: string): Promise<void> {
    const file = join(this.options.soundsFolder, language, `${name}.wav`);
    const bytes = await readFile(file);
    const layout = readWavLayout(bytes);
    if (!layout || !isPlayable(layout)) {
      this.options.logger.error({ file }, 'a fragment is not an 8 kHz mono 16-bit WAV file and is left out');
      return;
    }
    const samples = bytes.subarray(layout.dataOffset, layout.dataOffset + layout.dataBytes);
    const { sha256 } = this.options.audio.lend(name.startsWith(SILENT_EDGES) ? withoutEdges(samples) : samples);
    const id = fragmentId(language, name);
    this.#prompts.set(id, { id, name: `${language}/${name}`, audio: { [language]: `sha256:${sha256}` } });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function textsIn(file: string): Promise<z.output<typeof textsSchema>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return textsSchema.catch({}).parse(parse(text));
}

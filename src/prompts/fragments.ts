import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Logger } from '../lib/logger.js';
import type { AudioStore } from './audio-store.js';
import type { Prompt } from './schema.js';
import { trimSilence } from './trim.js';
import { isPlayable, readWavLayout } from './wav.js';

/** First prompt id of fragments; ids from here up to those of spoken texts are not in company documents. */
export const FIRST_FRAGMENT_ID = 900_000_000;
const ID_RANGE = 100_000_000;

/** Folders of fragments below `sounds/<language>/`. The files in `digits` come from Asterisk and have silence at both ends. */
const FOLDERS = ['status', 'digits'];
const SILENT_EDGES = 'digits';

/** Names of whole sentences beside the folders: why a party cannot be reached, and offers of keys. */
const SENTENCES = /^(bridge|offer)-/;

/** Stress mark before a vowel, for the speech engine. */
const STRESS = '+';

const textSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** The prompt id of a fragment. Must never change: calls store it. */
export function fragmentId(language: string, name: string): number {
  return FIRST_FRAGMENT_ID + (createHash('sha256').update(`${language}/${name}`).digest().readUInt32BE() % ID_RANGE);
}

/**
 * Recorded fragments that come with the product: `status/new` is `sounds/<language>/status/new.wav`. Each language's recording is a
 * prompt of its own, so that a sentence never mixes languages.
 */
export class Fragments {
  readonly #prompts = new Map<number, Prompt>();
  /** The YAML of each text by name, parsed when the text is requested. Parsing the whole file takes a tenth of the start. */
  #texts = new Map<string, string>();

  constructor(
    private readonly options: { audio: Pick<AudioStore, 'serveFromMemory'>; soundsFolder: string; logger: Logger },
  ) {}

  /** Loads all fragments. */
  async start(): Promise<void> {
    const { soundsFolder } = this.options;
    const languages = (await namesIn(soundsFolder)).filter((name) => /^[a-z]{2}$/.test(name));
    for (const language of languages) {
      const sentences = (await namesIn(join(soundsFolder, language))).filter((file) => SENTENCES.test(file));
      const pieces = FOLDERS.map(async (folder) =>
        (await namesIn(join(soundsFolder, language, folder))).map((file) => `${folder}/${file}`),
      );
      for (const file of [...sentences, ...(await Promise.all(pieces)).flat()])
        if (file.endsWith('.wav')) await this.#addFragment(language, file.slice(0, -'.wav'.length));
    }
    this.#texts = await readTexts(join(soundsFolder, 'texts.yaml'));
  }

  /** The prompt id of a fragment in a language; undefined when there is no recording. */
  find(language: string, name: string): number | undefined {
    const id = fragmentId(language, name);
    return this.#prompts.has(id) ? id : undefined;
  }

  /** A fragment as a prompt; undefined for other ids. */
  prompt(id: number): Prompt | undefined {
    return this.#prompts.get(id);
  }

  /** The fragments of a language. */
  ofLanguage(language: string): Prompt[] {
    return [...this.#prompts.values()].filter(({ name }) => name.startsWith(`${language}/`));
  }

  /** The text of a recording, for people; undefined when it is not in texts.yaml. */
  textOf(language: string, name: string): string | undefined {
    return readText(this.#texts.get(name) ?? '{}')[name]?.[language]?.replaceAll(STRESS, '');
  }

  async #addFragment(language: string, name: string): Promise<void> {
    const file = join(this.options.soundsFolder, language, `${name}.wav`);
    const bytes = await readFile(file);
    const layout = readWavLayout(bytes);
    if (!layout || !isPlayable(layout)) {
      this.options.logger.error({ file }, 'a fragment is not an 8 kHz mono 16-bit WAV file and was skipped');
      return;
    }
    const samples = bytes.subarray(layout.dataOffset, layout.dataOffset + layout.dataBytes);
    const { sha256 } = this.options.audio.serveFromMemory(
      name.startsWith(SILENT_EDGES) ? trimSilence(samples) : samples,
    );
    const id = fragmentId(language, name);
    this.#prompts.set(id, { id, name: `${language}/${name}`, audio: { [language]: `sha256:${sha256}` } });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** The YAML of each text by name. A text begins with its name at the beginning of a line. */
async function readTexts(file: string): Promise<Map<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const parts = text.split(/^(?=[^\s#])/m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

function readText(part: string): z.output<typeof textSchema> {
  try {
    return textSchema.catch({}).parse(parse(part));
  } catch {
    return {};
  }
}

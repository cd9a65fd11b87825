import { conflict, invalid, notFound, Problem } from '../http/problem.js';
import type { Audio, AudioStore } from './audio-store.js';
import type { PromptCatalogue } from './catalogue.js';
import { choicesOf, type AudioChoice } from './choose.js';
import type { AudioConverter } from './convert.js';
import { AUDIO_REFERENCE, type Prompt } from './schema.js';
import { compact } from '../lib/compact.js';

/** A place that uses a prompt: `line +420222333444`, `part main-menu`. */
export interface Usage {
  where: string;
}

type FindUsages = (promptId: number) => Promise<Usage[]> | Usage[];

export interface PromptDetails {
  prompt: Prompt;
  /** The playable audio, sorted by language. */
  audio: (AudioChoice & { durationMs: number })[];
  usedIn: Usage[];
}

/** The fields of a prompt that can be created or changed. */
type PromptInput = Pick<Prompt, 'name' | 'sound' | 'audio'>;

/** `voice`: a language, optionally with a variant (`cs+f2`); default: the company's first language. */
interface TextInput {
  name: string;
  text: string;
  voice?: string | undefined;
}

/** Name of the field with an uploaded file, in forms and problems. */
export const AUDIO_FIELD = 'audio';

/** Operations on prompts. Throws problems that name the field and the remedy. */
export class PromptService {
  constructor(
    private readonly options: {
      catalogue: PromptCatalogue;
      audio: AudioStore;
      converter: AudioConverter;
      usages: FindUsages;
      /** Converts a text to audio. */
      speak?: (text: string, voice?: string) => Promise<{ language: string; sha256: string }>;
    },
  ) {}

  get maxUploadBytes(): number {
    return this.options.converter.limits.maxBytes;
  }

  get shippedSounds(): string[] {
    return this.options.audio.shippedSounds;
  }

  async list(): Promise<PromptDetails[]> {
    const prompts = this.options.catalogue.list();
    return Promise.all(prompts.map((prompt) => this.#details(prompt)));
  }

  async get(id: number): Promise<PromptDetails> {
    return this.#details(this.options.catalogue.get(id) ?? missing(id));
  }

  async create(input: PromptInput): Promise<PromptDetails> {
    await this.#checkAudio(input);
    return this.#details(await this.options.catalogue.create(input));
  }

  /** Creates a prompt whose audio the speech engine makes. */
  async createFromText({ name, ...spoken }: TextInput): Promise<PromptDetails> {
    const { language, sha256 } = await this.speak(spoken);
    return this.create({ name, audio: { [language]: `sha256:${sha256}` } });
  }

  /** Stores audio of the speech engine, which a prompt can use. It is removed when no prompt uses it for a week. */
  async speak({ text, voice }: Omit<TextInput, 'name'>): Promise<Audio & { language: string }> {
    const { speak, audio } = this.options;
    if (speak === undefined) throw new Problem(503, 'No speech', 'the gateway has no speech engine');
    const { language, sha256 } = await speak(text, voice);
    const found = await audio.find(sha256);
    if (found === undefined) throw new Error(`the spoken audio ${sha256} was not stored`);
    return { ...found, language };
  }

  /** Changes a prompt; without `audio` in the input its audio stays. */
  async change(id: number, input: PromptInput): Promise<PromptDetails> {
    await this.#checkAudio(input);
    const changed = await this.options.catalogue.change(id, ({ audio }) => compact({ id, audio, ...input }));
    return this.#details(changed ?? missing(id));
  }

  async remove(id: number): Promise<void> {
    const { usedIn } = await this.get(id);
    if (usedIn.length > 0) throw inUse(`prompt ${id} is in use; remove it from the plans first`, usedIn);
    await this.options.catalogue.remove(id);
  }

  /** Converts and stores an upload. */
  async addAudio(upload: AsyncIterable<Buffer>): Promise<Audio> {
    return this.options.audio.add(await this.options.converter.convert(upload, AUDIO_FIELD));
  }

  async putAudio(id: number, language: string, upload: AsyncIterable<Buffer>): Promise<PromptDetails> {
    await this.get(id);
    const { sha256 } = await this.addAudio(upload);
    const changed = await this.options.catalogue.change(id, (prompt) => ({
      ...prompt,
      audio: { ...prompt.audio, [language]: `sha256:${sha256}` },
    }));
    return this.#details(changed ?? missing(id));
  }

  /** Removes the company's own recording; the shipped one of that language is played again. */
  async removeAudio(id: number, language: string): Promise<PromptDetails> {
    const { prompt, audio, usedIn } = await this.get(id);
    if (prompt.audio?.[language] === undefined)
      throw notFound(`prompt ${id} has no recording of the company's own in ${language}`);
    const after = withoutLanguage(prompt, language);
    const silent = audio.length > 0 && choicesOf(after, this.options.audio).length === 0;
    if (silent && usedIn.length > 0)
      throw inUse(`prompt ${id} is in use and would have no audio left; upload another recording first`, usedIn);
    const changed = await this.options.catalogue.change(id, (current) => withoutLanguage(current, language));
    return this.#details(changed ?? missing(id));
  }

  /** The WAV file in exactly that language. */
  async wav(id: number, language: string): Promise<{ sha256: string; bytes: Buffer }> {
    const { audio } = await this.get(id);
    const found = audio.find((choice) => choice.language === language);
    const bytes = found && (await this.options.audio.readMedia(found.sha256, 'wav'));
    if (!bytes) throw notFound(`prompt ${id} has no audio in ${language}`);
    return { sha256: found.sha256, bytes };
  }

  async #details(prompt: Prompt): Promise<PromptDetails> {
    const audio = await Promise.all(
      choicesOf(prompt, this.options.audio).map(async (choice) => {
        const found = await this.options.audio.find(choice.sha256);
        return found && { ...choice, durationMs: found.durationMs };
      }),
    );
    return {
      prompt,
      audio: audio.filter((found) => found !== undefined),
      usedIn: await this.options.usages(prompt.id),
    };
  }

  async #checkAudio({ sound, audio = {} }: PromptInput): Promise<void> {
    if (sound !== undefined && !this.shippedSounds.includes(sound)) {
      const detail = `there is no shipped sound ${sound}; there are ${this.shippedSounds.join(', ')}`;
      throw invalid([{ field: 'body.sound', detail }]);
    }
    for (const [language, reference] of Object.entries(audio)) {
      const sha256 = AUDIO_REFERENCE.exec(reference)?.[1];
      if (sha256 !== undefined && (await this.options.audio.find(sha256))) continue;
      const detail = 'there is no such audio; upload it to /api/v1/audio first and give sha256: and the returned hash';
      throw invalid([{ field: `body.audio.${language}`, detail }]);
    }
  }
}

function withoutLanguage(prompt: Prompt, language: string): Prompt {
  const { audio = {}, ...rest } = prompt;
  const left = Object.entries(audio).filter(([name]) => name !== language);
  return left.length === 0 ? rest : { ...rest, audio: Object.fromEntries(left) };
}

function missing(id: number): never {
  throw notFound(`there is no prompt ${id}`);
}

function inUse(detail: string, usedIn: Usage[]) {
  return conflict(detail, { used_in: usedIn });
}

import type { Audio, AudioStore, MediaType } from './audio-store.js';
import type { Catalogue } from './catalogue.js';
import { choicesOf, inOrder, type Choice } from './choose.js';
import type { Prompt } from './schema.js';

type Resolved =
  | {
      /** ARI media URIs. */
      media: string[];
      durationMs: number;
      played: { id: number; language: string; sha256: string }[];
    }
  | { refused: string };

/** Turns prompt ids into what Asterisk can play. */
export class PromptResolver {
  constructor(
    private readonly options: {
      catalogue: Pick<Catalogue, 'get'>;
      audio: AudioStore;
      /** Where Asterisk finds this gateway: `http://127.0.0.1:8080`. */
      publicUrl: string;
    },
  ) {}

  /**
   * Each prompt in the first of the languages that it has, or else in any. `codec`: the channel's, as Asterisk names
   * it; G.711 is served ready-made, so that nothing is left to transcode.
   */
  async resolve(ids: number[], languages: string[], codec: string): Promise<Resolved> {
    const found: { id: number; choice: Choice; audio: Audio }[] = [];
    for (const id of ids) {
      const one = await this.#find(id, languages);
      if ('refused' in one) return one;
      found.push({ id, ...one });
    }
    const type = mediaTypeFor(codec);
    return {
      media: found.map(({ choice }) => `sound:${this.options.publicUrl}${mediaPath(choice.sha256, type)}`),
      durationMs: found.reduce((sum, { audio }) => sum + audio.durationMs, 0),
      played: found.map(({ id, choice: { language, sha256 } }) => ({ id, language, sha256 })),
    };
  }

  /** As {@link resolve}, one of the sounds that are shipped. */
  async resolveSound(
    sound: string,
    languages: string[],
    codec: string,
  ): Promise<{ media: string[]; durationMs: number } | { refused: string }> {
    const found = await this.#choose({ id: 0, name: sound, sound }, languages);
    if (found === undefined) return { refused: `there is no sound ${sound}` };
    const path = mediaPath(found.choice.sha256, mediaTypeFor(codec));
    return { media: [`sound:${this.options.publicUrl}${path}`], durationMs: found.audio.durationMs };
  }

  async #find(id: number, languages: string[]): Promise<{ choice: Choice; audio: Audio } | { refused: string }> {
    const prompt = this.options.catalogue.get(id);
    if (!prompt) return { refused: `prompt ${id} does not exist` };
    return (await this.#choose(prompt, languages)) ?? { refused: `prompt ${id} has no audio` };
  }

  async #choose(prompt: Prompt, languages: string[]): Promise<{ choice: Choice; audio: Audio } | undefined> {
    for (const choice of inOrder(choicesOf(prompt, this.options.audio), languages)) {
      const audio = await this.options.audio.find(choice.sha256);
      if (audio) return { choice, audio };
    }
    return undefined;
  }
}

export function mediaPath(sha256: string, type: MediaType): string {
  return `/media/${sha256}.${type}`;
}

function mediaTypeFor(codec: string): MediaType {
  return codec === 'alaw' || codec === 'ulaw' ? codec : 'wav';
}

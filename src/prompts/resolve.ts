import type { Audio, AudioStore, MediaType } from './audio-store.js';
import { choicesOf, sortByLanguage, type AudioChoice } from './choose.js';
import type { Prompt } from './schema.js';
import type { PlayableMedia } from '../telephony/telephony.js';

type ResolvedMedia =
  | {
      /** ARI media URIs. */
      media: string[];
      durationMs: number;
      /** The prompts among the media, with the language and hash that were chosen. */
      played: { id: number; language: string; sha256: string }[];
    }
  | { refused: string };

/** Resolves prompts and shipped sounds to media URIs that Asterisk can play. */
export class PromptResolver {
  constructor(
    private readonly options: {
      catalogue: { get: (id: number) => Prompt | undefined | Promise<Prompt | undefined> };
      audio: AudioStore;
      /** The audio of a recording, which is served for a while; undefined when there is none. */
      recording?: (id: string) => Promise<Audio | undefined>;
      /** Address of this gateway for Asterisk: `http://127.0.0.1:8080`. */
      publicUrl: string;
    },
  ) {}

  /**
   * Resolves each medium in the first of the languages that it has, else in any. @param codec Asterisk's name of the channel's
   * codec; G.711 is served encoded, so that Asterisk does not transcode
   */
  async resolve(media: PlayableMedia[], languages: string[], codec: string): Promise<ResolvedMedia> {
    const found: { medium: PlayableMedia; choice: AudioChoice; audio: Audio }[] = [];
    for (const medium of media) {
      const one = await this.#find(medium, languages);
      if ('refused' in one) return one;
      found.push({ medium, ...one });
    }
    const type = mediaTypeFor(codec);
    return {
      media: found.map(({ choice }) => `sound:${this.options.publicUrl}${mediaPath(choice.sha256, type)}`),
      durationMs: found.reduce((sum, { audio }) => sum + audio.durationMs, 0),
      played: found.flatMap(({ medium, choice: { language, sha256 } }) =>
        'prompt' in medium ? [{ id: medium.prompt, language, sha256 }] : [],
      ),
    };
  }

  async #find(
    medium: PlayableMedia,
    languages: string[],
  ): Promise<{ choice: AudioChoice; audio: Audio } | { refused: string }> {
    if ('sound' in medium) {
      const shipped = { id: 0, name: medium.sound, sound: medium.sound };
      return (await this.#choose(shipped, languages)) ?? { refused: `there is no sound ${medium.sound}` };
    }
    if ('recording' in medium) {
      const audio = await this.options.recording?.(medium.recording);
      if (audio === undefined) return { refused: 'the recording does not exist any more' };
      return { choice: { language: '', sha256: audio.sha256, source: 'own' }, audio };
    }
    const { prompt: id } = medium;
    const prompt = await this.options.catalogue.get(id);
    if (!prompt) return { refused: `prompt ${id} does not exist` };
    return (await this.#choose(prompt, languages)) ?? { refused: `prompt ${id} has no audio` };
  }

  async #choose(prompt: Prompt, languages: string[]): Promise<{ choice: AudioChoice; audio: Audio } | undefined> {
    for (const choice of sortByLanguage(choicesOf(prompt, this.options.audio), languages)) {
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

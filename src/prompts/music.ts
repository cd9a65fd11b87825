import type { AudioStore } from './audio-store.js';
import type { Music } from './music-schema.js';
import { AUDIO_REFERENCE } from './schema.js';

/** The audio of a music by its content, in the order in which it is heard. */
export function hashesOf({ sound, audio }: Music, store: Pick<AudioStore, 'shippedMusic'>): string[] {
  const shipped = sound === undefined ? undefined : store.shippedMusic(sound);
  const own = audio.map((reference) => AUDIO_REFERENCE.exec(reference)?.[1]);
  return [shipped, ...own].filter((sha256) => sha256 !== undefined);
}

import type { AudioStore } from './audio-store.js';
import type { Music } from './music-schema.js';
import { AUDIO_REFERENCE } from './schema.js';

export interface Track {
  sha256: string;
  /** `own`: the company's recording; `shipped`: part of the product. */
  source: 'own' | 'shipped';
}

/** The tracks of a music, in the order of playing. */
export function tracksOf({ sound, audio }: Music, store: Pick<AudioStore, 'findShippedMusic'>): Track[] {
  const shipped = sound === undefined ? undefined : store.findShippedMusic(sound);
  const own = audio.flatMap((reference) => AUDIO_REFERENCE.exec(reference)?.[1] ?? []);
  return [
    ...(shipped === undefined ? [] : [{ sha256: shipped, source: 'shipped' as const }]),
    ...own.map((sha256) => ({ sha256, source: 'own' as const })),
  ];
}

/** The hashes of {@link tracksOf}. */
export function hashesOf(music: Music, store: Pick<AudioStore, 'findShippedMusic'>): string[] {
  return tracksOf(music, store).map(({ sha256 }) => sha256);
}

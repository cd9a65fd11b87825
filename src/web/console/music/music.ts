import type { paths } from '../api/schema.js';
import { api } from '../api/client.js';

export type Music = paths['/api/v1/music/{name}']['get']['responses'][200]['content']['application/json'];
export type Track = Music['audio'][number];

const MAX_NAME = 40;

export function titleOf({ name, title }: Pick<Music, 'name' | 'title'>): string {
  return title === '' ? name : title;
}

export function trackUrl({ url, sha256 }: Track): string {
  return `${url}?v=${sha256.slice(0, 12)}`;
}

/** The company's own recordings, in order. */
export function ownTracks({ audio }: Pick<Music, 'audio'>): string[] {
  return audio.filter(({ source }) => source === 'own').map(({ sha256 }) => sha256);
}

/** Stores title and own recordings. */
export function putMusic({ name, sound }: Pick<Music, 'name' | 'sound'>, title: string, tracks: readonly string[]) {
  const body = { title, audio: tracks.map((sha256) => `sha256:${sha256}`) };
  return api.put('/api/v1/music/{name}', { path: { name }, body: sound === null ? body : { ...body, sound } });
}

/** Changes the built-in recording; null removes it. */
export function setShipped(music: Music, sound: string | null) {
  return putMusic({ name: music.name, sound }, music.title, ownTracks(music));
}

/** The short name by which queues refer to music of this title: `Klidná hudba` is `klidna-hudba`. */
export function nameFor(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[а-яё]/g, (letter) => LATIN[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, MAX_NAME);
}

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya'
    .split(' ')
    .map((pair) => pair.split(':')),
) as Record<string, string>;

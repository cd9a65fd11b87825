import { conflict, invalid, notFound } from '../http/problem.js';
import type { AudioStore } from './audio-store.js';
import type { AudioConverter } from './convert.js';
import { tracksOf, type Track } from './music.js';
import type { MusicCatalogue } from './music-catalogue.js';
import { MAX_RECORDINGS, type Music } from './music-schema.js';
import { AUDIO_REFERENCE } from './schema.js';
import { AUDIO_FIELD, type Usage } from './service.js';
import { compact } from '../lib/compact.js';

export interface MusicDetails {
  music: Music;
  /** The playable recordings, in order. */
  audio: (Track & { durationMs: number })[];
  usedIn: Usage[];
}

/** Undefined `audio` leaves the recordings unchanged. */
type MusicInput = Pick<Music, 'title' | 'sound'> & { audio?: string[] | undefined };

/** Operations on music. Throws problems that name the field and the remedy. */
export class MusicService {
  constructor(
    private readonly options: {
      catalogue: MusicCatalogue;
      audio: Pick<AudioStore, 'add' | 'find' | 'readMedia' | 'findShippedMusic' | 'allShippedMusic'>;
      converter: AudioConverter;
    },
  ) {}

  get maxUploadBytes(): number {
    return this.options.converter.limits.maxBytes;
  }

  async list(): Promise<MusicDetails[]> {
    return Promise.all(this.options.catalogue.list().map((music) => this.#details(music)));
  }

  async get(name: string): Promise<MusicDetails> {
    return this.#details(this.options.catalogue.list().find((music) => music.name === name) ?? missing(name));
  }

  async create({ name, title, sound, audio = [] }: MusicInput & { name: string }): Promise<MusicDetails> {
    await this.#check({ sound, audio });
    await this.options.catalogue.update((all) => {
      if (all.some((music) => music.name === name)) throw conflict(`music ${name} exists already; choose another name`);
      return [...all, compact({ name, title, audio, sound })];
    });
    return this.get(name);
  }

  /** Changes everything but the name, by which queues refer to the music. */
  async change(name: string, { title, sound, audio }: MusicInput): Promise<MusicDetails> {
    await this.#check({ sound, audio });
    return this.#change(name, (music) => compact({ name, title, audio: audio ?? music.audio, sound }));
  }

  async remove(name: string): Promise<void> {
    const { catalogue } = this.options;
    await catalogue.update((all) => {
      if (!all.some((music) => music.name === name)) missing(name);
      const usedIn = catalogue.usages(name);
      if (usedIn.length > 0)
        throw conflict(`music ${name} is in use; remove it from the queues first`, { used_in: usedIn });
      return all.filter((music) => music.name !== name);
    });
  }

  /** Converts an upload and appends it. A recording that the music already has keeps its position. */
  async addAudio(name: string, upload: AsyncIterable<Buffer>): Promise<MusicDetails> {
    await this.get(name);
    const { sha256 } = await this.options.audio.add(await this.options.converter.convert(upload, AUDIO_FIELD));
    return this.#change(name, (music) => {
      const audio = [...new Set([...music.audio, `sha256:${sha256}`])];
      if (audio.length > MAX_RECORDINGS)
        throw conflict(`music ${name} has ${MAX_RECORDINGS} recordings, the maximum; remove one first`);
      return { ...music, audio };
    });
  }

  /** Removes one of the company's own recordings. */
  async removeAudio(name: string, sha256: string): Promise<MusicDetails> {
    const reference = `sha256:${sha256}`;
    return this.#change(name, (music) => {
      if (!music.audio.includes(reference)) throw notFound(`music ${name} has no such recording of the company's own`);
      return { ...music, audio: music.audio.filter((one) => one !== reference) };
    });
  }

  /** The WAV file of one of its recordings. */
  async wav(name: string, sha256: string): Promise<Buffer> {
    const { audio } = await this.get(name);
    const bytes = audio.some((one) => one.sha256 === sha256) && (await this.options.audio.readMedia(sha256, 'wav'));
    if (!bytes) throw notFound(`music ${name} has no such audio`);
    return bytes;
  }

  async #change(name: string, change: (music: Music) => Music): Promise<MusicDetails> {
    const { catalogue } = this.options;
    await catalogue.update((all) => {
      const before = all.find((music) => music.name === name) ?? missing(name);
      const after = change(before);
      const usedIn = catalogue.usages(name);
      if (isSilent(after) && usedIn.length > 0)
        throw conflict(`music ${name} is in use and would have no audio left; upload a recording first`, {
          used_in: usedIn,
        });
      return all.map((music) => (music === before ? after : music));
    });
    return this.get(name);
  }

  async #details(music: Music): Promise<MusicDetails> {
    const { audio, catalogue } = this.options;
    const found = await Promise.all(
      tracksOf(music, audio).map(async (track) => {
        const known = await audio.find(track.sha256);
        return known && { ...track, durationMs: known.durationMs };
      }),
    );
    return { music, audio: found.filter((track) => track !== undefined), usedIn: catalogue.usages(music.name) };
  }

  async #check({ sound, audio = [] }: Partial<MusicInput>): Promise<void> {
    const { audio: store } = this.options;
    if (sound !== undefined && store.findShippedMusic(sound) === undefined) {
      const detail = `there is no shipped music ${sound}; there is ${store.allShippedMusic.join(', ')}`;
      throw invalid([{ field: 'body.sound', detail }]);
    }
    for (const [index, reference] of audio.entries()) {
      const sha256 = AUDIO_REFERENCE.exec(reference)?.[1];
      if (sha256 !== undefined && (await store.find(sha256))) continue;
      const detail = 'there is no such audio; upload it to /api/v1/audio first and give sha256: and the returned hash';
      throw invalid([{ field: `body.audio.${index}`, detail }]);
    }
  }
}

const isSilent = ({ sound, audio }: Music): boolean => sound === undefined && audio.length === 0;

function missing(name: string): never {
  throw notFound(`there is no music ${name}`);
}

import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { bytesAnswer } from '../http/bytes.js';
import { receiveFile, uploadBytes } from '../http/multipart.js';
import { route, type Route } from '../http/route.js';
import { UPLOAD_TYPES } from './audio-routes.js';
import { musicAudio, musicSchema } from './music-schema.js';
import type { MusicDetails, MusicService } from './music-service.js';
import { usedInSchema } from './present.js';
import { AUDIO_FIELD } from './service.js';

const musicPath = z.object({ name: musicSchema.shape.name });
const trackHash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 hash');
const trackPath = musicPath.extend({ sha256: trackHash });
const input = musicSchema.omit({ name: true }).extend({
  audio: musicAudio.optional().describe('Hashes `sha256:…` from /api/v1/audio'),
});

const musicAnswer = z
  .object({
    name: z.string(),
    title: z.string(),
    sound: z.string().nullable().describe('Shipped music'),
    audio: z
      .array(
        z.object({
          source: z.enum(['own', 'shipped']),
          sha256: z.string(),
          duration_ms: z.number().int(),
          url: z.string().describe('Path of the audio'),
        }),
      )
      .describe('In the order of playing'),
    used_in: usedInSchema,
  })
  .meta({ id: 'Music' });
const answers = { 200: { description: 'The music, and the queues that play it', schema: musicAnswer } };

/** `/api/v1/music`: music on hold for waiting callers. */
export function musicRoutes(musics: MusicService): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/music',
      scope: 'prompts:read',
      summary: 'Lists all music, sorted by name',
      answers: { 200: { description: 'Music', schema: z.object({ music: z.array(musicAnswer) }) } },
      handle: async () => json({ music: (await musics.list()).map(presentMusic) }),
    }),
    route({
      method: 'POST',
      path: '/api/v1/music',
      scope: 'prompts:write',
      summary: 'Creates music; queues refer to it by name in the company document',
      body: input.extend({ name: musicSchema.shape.name }),
      answers: { 201: { description: 'The music', schema: musicAnswer } },
      handle: async ({ body }) => {
        const created = await musics.create(body);
        return json(presentMusic(created), 201, { location: `/api/v1/music/${created.music.name}` });
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/music/:name',
      scope: 'prompts:read',
      summary: 'Returns one music and the queues that play it',
      params: musicPath,
      answers: { 200: { description: 'The music', schema: musicAnswer } },
      handle: async ({ params }) => json(presentMusic(await musics.get(params.name))),
    }),
    route({
      method: 'PUT',
      path: '/api/v1/music/:name',
      scope: 'prompts:write',
      summary: 'Changes title and shipped music; also the recordings and their order when `audio` is given',
      params: musicPath,
      body: input,
      answers,
      handle: async ({ params, body }) => json(presentMusic(await musics.change(params.name, body))),
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/music/:name',
      scope: 'prompts:write',
      summary: 'Removes music that no queue plays; a 409 lists the queues in `used_in`',
      params: musicPath,
      answers: { 204: { description: 'Removed' } },
      handle: async ({ params }) => {
        await musics.remove(params.name);
        return noContent();
      },
    }),
    ...trackRoutes(musics),
  ];
}

function trackRoutes(musics: MusicService): Route[] {
  const maxBytes = musics.maxUploadBytes;
  return [
    route({
      method: 'POST',
      path: '/api/v1/music/:name/audio',
      scope: 'prompts:write',
      summary: 'Appends a recording (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes)',
      params: musicPath,
      upload: { types: UPLOAD_TYPES, maxBytes: uploadBytes(maxBytes) },
      answers,
      handle: async ({ params: { name }, stream }) => {
        await musics.get(name);
        const changed = await receiveFile(stream, AUDIO_FIELD, maxBytes, (file) => musics.addAudio(name, file));
        return json(presentMusic(changed));
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/music/:name/audio/:sha256',
      scope: 'prompts:read',
      summary: 'Returns one recording; supports ranges',
      params: trackPath,
      answers: { 200: { description: 'WAV, 8 kHz, mono, 16 bit', type: 'audio/wav' } },
      handle: async ({ params: { name, sha256 }, headers }) => {
        const bytes = await musics.wav(name, sha256);
        const about = { contentType: 'audio/wav', etag: `"${sha256}"`, cacheControl: 'private, no-cache' };
        return bytesAnswer(bytes, about, headers);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/music/:name/audio/:sha256',
      scope: 'prompts:write',
      summary: "Removes one of the company's own recordings; 409 when a queue would have nothing left to play",
      params: trackPath,
      answers,
      handle: async ({ params: { name, sha256 } }) => json(presentMusic(await musics.removeAudio(name, sha256))),
    }),
  ];
}

function presentMusic({ music, audio, usedIn }: MusicDetails): z.output<typeof musicAnswer> {
  return {
    name: music.name,
    title: music.title,
    sound: music.sound ?? null,
    audio: audio.map(({ source, sha256, durationMs }) => ({
      source,
      sha256,
      duration_ms: durationMs,
      url: `/api/v1/music/${music.name}/audio/${sha256}`,
    })),
    used_in: usedIn,
  };
}

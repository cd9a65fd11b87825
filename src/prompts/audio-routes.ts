import { z } from 'zod';
import { json } from '../http/answer.js';
import { bytesAnswer } from '../http/bytes.js';
import { receiveFile, uploadBytes } from '../http/multipart.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { languageCode } from '../lib/language-code.js';
import type { AudioStore } from './audio-store.js';
import { presentPrompt, promptAnswer } from './present.js';
import { spokenInput } from './routes.js';
import { AUDIO_FIELD, type PromptService } from './service.js';

const audioPath = z.object({ id: z.coerce.number().int().positive(), language: languageCode });
const mediaFile = z.object({
  file: z.string().regex(/^[0-9a-f]{64}\.(wav|alaw|ulaw)$/, 'a SHA-256 hash and .wav, .alaw or .ulaw'),
});

const storedAudio = z.object({
  sha256: z.string(),
  duration_ms: z.number().int(),
  url: z.string().describe('Path of the audio as callers hear it'),
});

/** Content types of uploads: a form with the field `audio`, or the file itself. */
export const UPLOAD_TYPES = ['multipart/form-data', 'audio/*', 'application/ogg', 'application/octet-stream'];

/** Routes that upload and serve audio, to people and to Asterisk. */
export function audioRoutes(prompts: PromptService, audio: AudioStore): Route[] {
  const maxBytes = prompts.maxUploadBytes;
  const upload = { types: UPLOAD_TYPES, maxBytes: uploadBytes(maxBytes) };
  return [
    route({
      method: 'PUT',
      path: '/api/v1/prompts/:id/audio/:language',
      scope: 'prompts:write',
      summary: "Sets a prompt's audio in one language (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes)",
      params: audioPath,
      upload,
      answers: { 200: { description: 'The prompt, and the plans that use it', schema: promptAnswer } },
      handle: async ({ params: { id, language }, stream }) => {
        await prompts.get(id);
        const changed = await receiveFile(stream, AUDIO_FIELD, maxBytes, (file) =>
          prompts.putAudio(id, language, file),
        );
        return json(presentPrompt(changed));
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/prompts/:id/audio/:language',
      scope: 'prompts:read',
      summary: "Returns a prompt's audio in one language; supports ranges",
      params: audioPath,
      answers: { 200: { description: 'WAV, 8 kHz, mono, 16 bit', type: 'audio/wav' } },
      handle: async ({ params: { id, language }, headers }) => {
        const { sha256, bytes } = await prompts.wav(id, language);
        const about = { contentType: 'audio/wav', etag: `"${sha256}"`, cacheControl: 'private, no-cache' };
        return bytesAnswer(bytes, about, headers);
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/prompts/:id/audio/:language',
      scope: 'prompts:write',
      summary: "Removes the company's own recording; the shipped one of that language is played again",
      params: audioPath,
      answers: { 200: { description: 'The prompt, and the plans that use it', schema: promptAnswer } },
      handle: async ({ params: { id, language } }) => json(presentPrompt(await prompts.removeAudio(id, language))),
    }),
    route({
      method: 'POST',
      path: '/api/v1/audio',
      scope: 'prompts:write',
      summary: 'Stores audio under its hash; prompts refer to it as `sha256:…`',
      upload,
      answers: {
        201: {
          description: 'The hash and the duration',
          schema: storedAudio,
        },
      },
      handle: async ({ stream }) => {
        const { sha256, durationMs } = await receiveFile(stream, AUDIO_FIELD, maxBytes, (file) =>
          prompts.addAudio(file),
        );
        return json({ sha256, duration_ms: durationMs, url: mediaUrl(sha256) }, 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/audio/from-text',
      scope: 'prompts:write',
      summary: 'Speaks a text and stores the audio under its hash, to be heard before a prompt uses it',
      body: spokenInput,
      answers: {
        201: {
          description: 'The hash, the duration and the language',
          schema: storedAudio.extend({ language: z.string() }),
        },
      },
      handle: async ({ body }) => {
        const { sha256, durationMs, language } = await prompts.speak(body);
        return json({ sha256, duration_ms: durationMs, url: mediaUrl(sha256), language }, 201);
      },
    }),
    mediaRoute(audio),
  ];
}

/** Path of stored audio. */
export function mediaUrl(sha256: string): string {
  return `/media/${sha256}.wav`;
}

/** Public, since Asterisk sends no token. Announcements are not secret: every caller may hear them, and the hash must be known. */
function mediaRoute(audio: AudioStore): Route {
  return route({
    method: 'GET',
    path: '/media/:file',
    scope: 'public',
    summary: 'Audio for Asterisk by its hash; immutable',
    params: mediaFile,
    answers: { 200: { description: 'WAV, or raw G.711', type: 'audio/wav', otherTypes: ['application/octet-stream'] } },
    handle: async ({ params: { file }, headers }) => {
      const [sha256, type] = file.split('.') as [string, 'wav' | 'alaw' | 'ulaw'];
      const bytes = await audio.readMedia(sha256, type);
      if (!bytes) throw notFound('there is no such audio');
      const about = {
        contentType: type === 'wav' ? 'audio/wav' : 'application/octet-stream',
        etag: `"${file}"`,
        cacheControl: 'public, max-age=31536000, immutable',
      };
      return bytesAnswer(bytes, about, headers);
    },
  });
}

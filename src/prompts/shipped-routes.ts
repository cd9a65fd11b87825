import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import { mediaUrl } from './audio-routes.js';
import type { AudioStore } from './audio-store.js';

const heard = z.object({ duration_ms: z.number().int(), url: z.string().describe('Path of the audio') });
const shippedAnswer = z.object({
  sounds: z
    .array(
      z.object({
        sound: z.string().describe('What `sound` of a prompt refers to'),
        audio: z.array(
          heard.extend({ language: z.string(), text: z.string().nullable().describe('What the recording says') }),
        ),
      }),
    )
    .describe('By name'),
  music: z.array(heard.extend({ sound: z.string().describe('What `sound` of music refers to') })).describe('By name'),
});

/** `/api/v1/shipped-sounds`: the recordings that come with the product. @param textOf what a recording says */
export function shippedSoundRoutes(
  audio: AudioStore,
  textOf: (language: string, sound: string) => string | undefined,
): Route[] {
  const heardAs = async (sha256: string) => {
    const found = await audio.find(sha256);
    return found && { duration_ms: found.durationMs, url: mediaUrl(sha256) };
  };
  const presentSound = async (sound: string) => {
    const languages = [...audio.findShipped(sound)].map(async ([language, sha256]) => {
      const known = await heardAs(sha256);
      return known && { ...known, language, text: textOf(language, sound) ?? null };
    });
    return { sound, audio: (await Promise.all(languages)).filter((each) => each !== undefined) };
  };
  const presentMusic = async (sound: string) => {
    const known = await heardAs(audio.findShippedMusic(sound) ?? '');
    return known && { ...known, sound };
  };
  return [
    route({
      method: 'GET',
      path: '/api/v1/shipped-sounds',
      scope: 'prompts:read',
      summary: 'The recordings and the music that ship with Cordboard, for `sound` of prompts and music',
      answers: { 200: { description: 'All of them', schema: shippedAnswer } },
      handle: async () => {
        const [sounds, music] = await Promise.all([
          Promise.all(audio.shippedSounds.map(presentSound)),
          Promise.all(audio.allShippedMusic.map(presentMusic)),
        ]);
        return json({ sounds, music: music.filter((each) => each !== undefined) });
      },
    }),
  ];
}

import { z } from 'zod';
import type { PromptDetails } from './service.js';

export const usedInSchema = z.array(z.object({ where: z.string() }));

export const promptAnswer = z
  .object({
    id: z.number().int(),
    name: z.string(),
    sound: z.string().nullable().describe('Shipped sound set'),
    audio: z.array(
      z.object({
        language: z.string(),
        source: z.enum(['own', 'shipped']),
        sha256: z.string(),
        duration_ms: z.number().int(),
        url: z.string().describe('Path of the audio'),
      }),
    ),
    used_in: usedInSchema,
  })
  .meta({ id: 'Prompt' });

export function presentPrompt({ prompt, audio, usedIn }: PromptDetails): z.output<typeof promptAnswer> {
  return {
    id: prompt.id,
    name: prompt.name,
    sound: prompt.sound ?? null,
    audio: audio.map(({ language, source, sha256, durationMs }) => ({
      language,
      source,
      sha256,
      duration_ms: durationMs,
      url: `/api/v1/prompts/${prompt.id}/audio/${language}`,
    })),
    used_in: usedIn,
  };
}

import { z } from 'zod';
import { languageCode } from '../lib/language-code.js';

/** `sha256:…`: audio by its content. */
export const AUDIO_REFERENCE = /^sha256:([0-9a-f]{64})$/;

/**
 * A prompt's audio in one language: `sha256:…` names audio that the gateway has (an upload, or shipped under sounds/).
 * In a file given to `cordboard apply` it may be a path of an audio file beside the YAML; the command uploads it first.
 */
export const promptSchema = z.strictObject({
  /** Larger ones belong to fragments and spoken texts. */
  id: z.number().int().positive().max(899_999_999),
  name: z.string().min(1).max(120),
  /** Name of a shipped sound set: `sounds/<language>/<sound>.wav`. */
  sound: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** Audio of the company's own; wins over `sound` for its language. */
  audio: z.record(languageCode, z.string()).optional(),
});

export type Prompt = z.output<typeof promptSchema>;

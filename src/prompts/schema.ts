import { z } from 'zod';
import { languageCode } from '../lib/language-code.js';

/** A reference to stored audio by its hash: `sha256:…`. */
export const AUDIO_REFERENCE = /^sha256:([0-9a-f]{64})$/;

/**
 * A prompt with its audio in each language: `sha256:…` refers to stored audio (an upload, or shipped under sounds/). In a file
 * for `cordboard apply` it may be the path of an audio file beside the YAML; the command uploads it first.
 */
export const promptSchema = z.strictObject({
  /** Larger ids belong to fragments and spoken texts. */
  id: z.number().int().positive().max(899_999_999),
  name: z.string().min(1).max(120),
  /** Name of a shipped sound set: `sounds/<language>/<sound>.wav`. */
  sound: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** The company's own audio; wins over `sound` for its language. */
  audio: z.record(languageCode, z.string()).optional(),
});

export type Prompt = z.output<typeof promptSchema>;

import { z } from 'zod';
import { implied } from '../lib/codec.js';
import { MUSIC_NAME } from '../asterisk/queue-port.js';

/** Asterisk keeps the list in one file, and each caller hears it from its beginning. */
export const MOST_AUDIO = 50;

/** Heard one after another, over and over. */
export const musicAudio = z.array(z.string()).max(MOST_AUDIO);

/**
 * What callers of a queue hear while they wait. Audio is named as in prompts: `sha256:…`, or in a file given to
 * `cordboard apply` a path.
 */
export const musicSchema = z.strictObject({
  name: z.string().regex(MUSIC_NAME, 'lower-case letters, digits, - and _'),
  /** For people. */
  title: implied(z.string().max(120), ''),
  /** Shipped music: `sounds/music/<sound>.wav`. Heard before `audio`. */
  sound: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  audio: implied(musicAudio, []),
});

export type Music = z.output<typeof musicSchema>;

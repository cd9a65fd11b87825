import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { MUSIC_NAME } from '../asterisk/queue-port.js';

/** Limit of recordings: Asterisk has the list in one file and plays it from the start to each caller. */
export const MAX_RECORDINGS = 50;

/** Played one after another, in a loop. */
export const musicAudio = z.array(z.string()).max(MAX_RECORDINGS);

/**
 * Music on hold of a queue. Audio is referred to as in prompts: `sha256:…`, or a path in a file for `cordboard apply`.
 */
export const musicSchema = z.strictObject({
  name: z.string().regex(MUSIC_NAME, 'lower-case letters, digits, - and _'),
  /** For people. */
  title: withOmittedDefault(z.string().max(120), ''),
  /** Shipped music: `sounds/music/<sound>.wav`. Played before `audio`. */
  sound: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  audio: withOmittedDefault(musicAudio, []),
});

export type Music = z.output<typeof musicSchema>;

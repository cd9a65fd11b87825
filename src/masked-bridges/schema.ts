import { z } from 'zod';
import { withOmittedDefault } from '../lib/codec.js';
import { wholeSeconds } from '../directory/schema-words.js';

const prompt = z.number().int().positive();

/** Prompts in place of the shipped sounds. Documented in docs/bridges.md. */
const bridgePromptsSchema = z.strictObject({
  /** Why B cannot be reached; A hears it. */
  busy: prompt.optional(),
  no_answer: prompt.optional(),
  rejected: prompt.optional(),
  unreachable: prompt.optional(),
  /** Asks B to press the key. */
  confirm: prompt.optional(),
  /** Warns both parties that the talk ends soon. */
  ending: prompt.optional(),
  /** Recording announcement, which both hear before the talk. There is no shipped one. */
  announce: prompt.optional(),
});

/** Defaults of masked bridges, where the request does not set them. */
export const bridgesSchema = z.strictObject({
  /** How long each party rings. */
  ring_timeout: withOmittedDefault(wholeSeconds(5), 30_000),
  max_duration: withOmittedDefault(wholeSeconds(10), 1_800_000),
  /** How long before the limit both hear the warning; 0: no warning. */
  warning: withOmittedDefault(wholeSeconds(0), 30_000),
  prompts: withOmittedDefault(bridgePromptsSchema, {}),
});

export type BridgeSettings = z.output<typeof bridgesSchema>;

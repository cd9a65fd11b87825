import { z } from 'zod';
import { implied } from '../lib/codec.js';
import { wholeSeconds } from '../directory/schema-words.js';

const prompt = z.number().int().positive();

/** Prompts in place of the shipped sounds. Documented in docs/bridges.md. */
const bridgePromptsSchema = z.strictObject({
  /** Why the second one is not to be had, heard by the first. */
  busy: prompt.optional(),
  no_answer: prompt.optional(),
  rejected: prompt.optional(),
  unreachable: prompt.optional(),
  /** That a key has to be pressed, heard by the second. */
  confirm: prompt.optional(),
  /** That the talk ends soon, heard by both. */
  ending: prompt.optional(),
  /** That the talk is recorded, heard by both before. There is no shipped one. */
  announce: prompt.optional(),
});

/** How two people are connected who do not see each other's number, where the request does not say so. */
export const bridgesSchema = z.strictObject({
  /** For how long each of them is rung. */
  ring_timeout: implied(wholeSeconds(5), 30_000),
  max_duration: implied(wholeSeconds(10), 1_800_000),
  /** So long before the end both are told; 0: they are not. */
  warning: implied(wholeSeconds(0), 30_000),
  prompts: implied(bridgePromptsSchema, {}),
});

export type BridgeSettings = z.output<typeof bridgesSchema>;

import { z } from 'zod';
import { meaning } from '../lib/setting-meaning.js';

/** Schemas shared by several actions of a call plan. */

export const promptId = meaning('prompt', z.number().int().positive());

/** Several prompts that are played one after another. */
export const promptList = z.array(promptId).min(1).max(50);

/** One prompt, or several. */
export const prompts = meaning('prompts', z.union([promptId, promptList]));

export const partName = meaning(
  'part',
  z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u, 'letters, digits, - and _'),
);

export const key = meaning('key', z.string().regex(/^[0-9*#]$/, 'one key: 0-9, * or #'));

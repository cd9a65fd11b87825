import type { Company } from '../company.js';

/**
 * Ids of prompts are never given to another prompt: a shop may still name a removed one, and must not then play
 * something else to its callers. The same prompt (by its name) may come back.
 */
export type PromptIds = Record<string, string>;

export function readPromptIds(stored: string | undefined): PromptIds {
  return stored === undefined ? {} : (JSON.parse(stored) as PromptIds);
}

/** Ids that belonged to another prompt, which was removed since. @param before ids of the prompts that there are now */
export function reusedIds(company: Company, before: readonly number[], ids: PromptIds): { id: number; was: string }[] {
  const present = new Set(before);
  return company.prompts.flatMap(({ id, name }) => {
    const was = ids[String(id)];
    return was === undefined || was === name || present.has(id) ? [] : [{ id, was }];
  });
}

export function rememberIds(company: Company, ids: PromptIds): PromptIds {
  return { ...ids, ...Object.fromEntries(company.prompts.map(({ id, name }) => [String(id), name])) };
}

/** An id that no prompt has or had. */
export function nextId(ids: PromptIds): number {
  return Object.keys(ids).reduce((highest, id) => Math.max(highest, Number(id)), 0) + 1;
}

import type { Company } from '../company.js';

/**
 * Prompt ids are never reused: a shop may still name a removed prompt and must not play
 * another one to its callers. The same prompt (by name) may return.
 */
export type PromptIds = Record<string, string>;

export function readPromptIds(stored: string | undefined): PromptIds {
  return stored === undefined ? {} : (JSON.parse(stored) as PromptIds);
}

/** Ids that belonged to another, removed prompt. @param before ids of the existing prompts */
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

/** An id never used by a prompt. */
export function nextId(ids: PromptIds): number {
  return Object.keys(ids).reduce((highest, id) => Math.max(highest, Number(id)), 0) + 1;
}

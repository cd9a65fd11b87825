import type { Prompt } from './schema.js';

/** The prompts that there are: part of what the company set up, so whoever keeps that implements this. */
export interface Catalogue {
  /** By id. */
  list(): Prompt[];
  get(id: number): Prompt | undefined;
  /** Under an id that no prompt ever had. */
  create(prompt: Omit<Prompt, 'id'>): Promise<Prompt>;
  /** Changes come one after another. Undefined when there is no such prompt. */
  change(id: number, change: (prompt: Prompt) => Prompt): Promise<Prompt | undefined>;
  remove(id: number): Promise<void>;
}

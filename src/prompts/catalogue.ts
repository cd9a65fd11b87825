import type { Prompt } from './schema.js';

/** The prompts of the company document; implemented by the document's store. */
export interface PromptCatalogue {
  /** Sorted by id. */
  list(): Prompt[];
  get(id: number): Prompt | undefined;
  /** Creates a prompt under an id that was never used. */
  create(prompt: Omit<Prompt, 'id'>): Promise<Prompt>;
  /** Applies a change; changes run one after another. Undefined when there is no such prompt. */
  change(id: number, change: (prompt: Prompt) => Prompt): Promise<Prompt | undefined>;
  remove(id: number): Promise<void>;
}

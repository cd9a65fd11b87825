import type { PromptCatalogue } from '../prompts/catalogue.js';
import type { Prompt } from '../prompts/schema.js';
import type { CompanyStore } from './store/company-store.js';
import { updateCompany } from './update.js';

/** The prompts of the company's document. */
export class CompanyCatalogue implements PromptCatalogue {
  constructor(private readonly companies: CompanyStore) {}

  list(): Prompt[] {
    return [...this.companies.company.prompts].sort((a, b) => a.id - b.id);
  }

  get(id: number): Prompt | undefined {
    return this.companies.company.prompts.find((prompt) => prompt.id === id);
  }

  async create(prompt: Omit<Prompt, 'id'>): Promise<Prompt> {
    let created: Prompt | undefined;
    await this.#update((prompts) => {
      created = { ...prompt, id: this.companies.nextPromptId() };
      return [...prompts, created];
    });
    if (created === undefined) throw new Error('the prompt was not made');
    return created;
  }

  async change(id: number, change: (prompt: Prompt) => Prompt): Promise<Prompt | undefined> {
    await this.#update((prompts) => prompts.map((prompt) => (prompt.id === id ? { ...change(prompt), id } : prompt)));
    return this.get(id);
  }

  async remove(id: number): Promise<void> {
    await this.#update((prompts) => prompts.filter((prompt) => prompt.id !== id));
  }

  #update(change: (prompts: Prompt[]) => Prompt[]): Promise<void> {
    return updateCompany(this.companies, (company) => ({ ...company, prompts: change(company.prompts) }));
  }
}

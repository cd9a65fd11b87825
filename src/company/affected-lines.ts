import { namesIn } from './action-facts.js';
import type { Company } from './company.js';
import type { Action } from './plan-schema.js';
import { queuePrompts, walkList } from './walk.js';

/** The section of the items that a reference of a plan names. */
const SECTION_OF = {
  prompt: 'prompts',
  queue: 'queues',
  part: 'parts',
  handset: 'handsets',
  profile: 'profiles',
} as const;

/** Finds the lines whose callers can hear or reach an item. */
export class AffectedLines {
  /** Lines by `section key`. */
  readonly #lines = new Map<string, Set<string>>();
  readonly #all: string[];

  /** @param companies the configuration before and after a change */
  constructor(companies: readonly Company[]) {
    this.#all = [...new Set(companies.flatMap(({ lines }) => lines.map(({ number }) => number)))];
    for (const company of companies) for (const line of company.lines) this.#addLine(company, line);
  }

  /** Numbers of the lines; all of them for the general settings. */
  of({ section, key }: { section: string; key: string }): string[] {
    if (section === 'settings') return this.#all;
    return [...(this.#lines.get(`${section} ${key}`) ?? [])];
  }

  #addLine(company: Company, { number, plan, reject_prompt: rejected }: Company['lines'][number]): void {
    const reached = new Set([`lines ${number}`]);
    if (rejected !== undefined) reached.add(`prompts ${rejected}`);
    this.#follow(company, plan, reached);
    for (const { pointer, prompt } of queuePrompts(company)) {
      const [, queue = ''] = pointer.split('/');
      if (reached.has(`queues ${queue}`)) reached.add(`prompts ${prompt}`);
    }
    for (const { id, music } of company.queues)
      if (music !== undefined && reached.has(`queues ${id}`)) reached.add(`music ${music}`);
    for (const item of reached) {
      const lines = this.#lines.get(item) ?? new Set();
      this.#lines.set(item, lines.add(number));
    }
  }

  #follow(company: Company, actions: readonly Action[], reached: Set<string>): void {
    for (const { action } of walkList(actions, ''))
      for (const { type, id } of namesIn(action)) {
        const item = `${SECTION_OF[type]} ${id}`;
        if (reached.has(item)) continue;
        reached.add(item);
        if (type === 'part') this.#follow(company, company.parts[id] ?? [], reached);
      }
  }
}

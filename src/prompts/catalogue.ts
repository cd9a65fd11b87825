import { KeyedQueue } from '../lib/keyed-queue.js';
import type { Database } from '../storage/database.js';
import { notePromptIds, reservePromptId } from './ids.js';
import { promptSchema, type Prompt } from './schema.js';

/** Where the company's prompts are kept among the other things it set up: section `prompt`, key = the id. */
export interface ConfigStore {
  list(section: string): Promise<{ key: string; body: unknown }[]>;
  /** Undefined when there is none. */
  get(section: string, key: string): Promise<unknown>;
  put(section: string, key: string, body: unknown): Promise<void>;
  remove(section: string, key: string): Promise<unknown>;
}

const SECTION = 'prompt';

/** The prompts that there are. */
export class Catalogue {
  readonly #changes = new KeyedQueue();

  constructor(
    private readonly config: ConfigStore,
    private readonly db: Database,
  ) {}

  async list(): Promise<Prompt[]> {
    const items = await this.config.list(SECTION);
    return items.map(({ body }) => promptSchema.parse(body)).sort((a, b) => a.id - b.id);
  }

  async get(id: number): Promise<Prompt | undefined> {
    const body = await this.config.get(SECTION, String(id));
    return body === undefined ? undefined : promptSchema.parse(body);
  }

  /** Under an id that no prompt ever had. */
  async create(prompt: Omit<Prompt, 'id'>): Promise<Prompt> {
    const taken = (await this.config.list(SECTION)).map(({ key }) => Number(key));
    const id = await reservePromptId(this.db, Math.max(0, ...taken));
    const created = { ...prompt, id };
    await this.config.put(SECTION, String(id), created);
    return created;
  }

  /** Changes of one prompt come one after another. Undefined when there is no such prompt. */
  async change(id: number, change: (prompt: Prompt) => Prompt): Promise<Prompt | undefined> {
    return this.#changes.run(String(id), async () => {
      const prompt = await this.get(id);
      if (!prompt) return undefined;
      const changed = { ...change(prompt), id };
      await this.config.put(SECTION, String(id), changed);
      return changed;
    });
  }

  async remove(id: number): Promise<void> {
    await this.#changes.run(String(id), async () => {
      await this.db.transaction().execute((tx) => notePromptIds(tx, [id]));
      await this.config.remove(SECTION, String(id));
    });
  }
}

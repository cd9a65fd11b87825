import { signal } from '@preact/signals';
import { access, api, type ApiFailure, type ApiOutcome } from '../../api/client.js';
import type { LintProblem } from '../../plans/types.js';
import { keptText, type Edited } from './kept-text.js';

const CONFIG = '/api/v1/config';

/** The configuration as text. What is typed is kept while the tab is open, until it is published. */
export class YamlDocument {
  /** Undefined until it is loaded. */
  readonly edited = signal<Edited | undefined>(undefined);
  /** As it is published. */
  readonly published = signal<Edited | undefined>(undefined);
  /** What is wrong with the text, none if all is well; undefined while it is being checked. */
  readonly problems = signal<readonly LintProblem[] | undefined>(undefined);
  readonly isRestored = signal(false);
  #checks: AbortController | undefined;

  get isChanged(): boolean {
    return this.edited.value?.text !== this.published.value?.text;
  }

  /** Loads what is published, and shows it unless something else was typed. @returns the status when it failed */
  async load(): Promise<number | undefined> {
    const response = await request('GET', CONFIG);
    if (response?.ok !== true) return response?.status ?? 0;
    const version = Number(JSON.parse(response.headers.get('etag') ?? '0'));
    const published = { text: await response.text(), version };
    const { value: shown } = this.edited;
    const kept = shown ?? keptText.read();
    const isKept = kept !== undefined && kept.text !== published.text && kept.text !== this.published.value?.text;
    this.isRestored.value ||= isKept && shown === undefined;
    this.published.value = published;
    if (isKept) this.edited.value = kept;
    else this.#forget(published);
    return undefined;
  }

  /** Replaces the text. @returns puts the former one back */
  change(text: string): () => void {
    const { value: former } = this.edited;
    if (former === undefined) return () => undefined;
    this.edited.value = { ...former, text };
    this.isRestored.value = false;
    if (this.isChanged) this.#keep();
    else this.discard();
    return () => {
      this.edited.value = former;
      this.#keep();
    };
  }

  /** Shows what is published. @returns puts the text back */
  discard(): () => void {
    const { value: published } = this.published;
    const { value: former } = this.edited;
    if (published !== undefined) this.#forget(published);
    return () => {
      this.edited.value = former;
      this.#keep();
    };
  }

  #keep(): void {
    if (this.edited.value !== undefined) keptText.write(this.edited.value);
  }

  #forget(published: Edited): void {
    this.edited.value = published;
    this.isRestored.value = false;
    keptText.clear();
  }

  /** Checks the text as it is now. */
  async check(): Promise<void> {
    this.#checks?.abort();
    const own = (this.#checks = new AbortController());
    this.problems.value = undefined;
    const response = await request('POST', `${CONFIG}/lint`, this.edited.value?.text, own.signal);
    if (response?.ok !== true) return;
    const { problems } = (await response.json()) as { problems: LintProblem[] };
    if (this.#checks === own) this.problems.value = problems;
  }

  /** Makes the text the visitor's draft. @returns `busy` when there is another draft of the visitor's; the failure */
  async review(): Promise<ApiFailure | 'busy' | undefined> {
    const { value: edited } = this.edited;
    if (edited === undefined) return undefined;
    const listed = await api.get('/api/v1/config/drafts');
    if (!listed.ok) return listed;
    const { draft: former } = edited;
    const own = listed.data.drafts.filter((draft) => draft.own);
    if (own.some(({ id, revision }) => id !== former?.id || revision !== former.revision)) return 'busy';
    const body = { yaml: edited.text, base_version: edited.version };
    const made = await api.post('/api/v1/config/drafts', { body });
    if (!made.ok) return made;
    await Promise.all(own.map(({ id }) => api.delete('/api/v1/config/drafts/{id}', { path: { id } })));
    const { id, revision } = made.data;
    this.edited.value = { ...edited, draft: { id, revision } };
    this.#keep();
    return undefined;
  }
}

/** @returns undefined when the gateway cannot be reached, or the request was canceled */
async function request(
  method: string,
  path: string,
  body?: string,
  canceled?: AbortSignal,
): Promise<Response | undefined> {
  const headers = new Headers(access.headers);
  if (body !== undefined) headers.set('content-type', 'application/yaml');
  try {
    const response = await fetch(path, { method, headers, body: body ?? null, signal: canceled ?? null });
    if (response.status === 401) access.onEnded();
    return response;
  } catch {
    return undefined;
  }
}

/** The newest published version, with its author. */
export async function newestVersion(): Promise<ApiOutcome<{ version: number; author: string | null; at: string }>> {
  const outcome = await api.get('/api/v1/config/versions', { query: { limit: 1 } });
  if (!outcome.ok) return outcome;
  const [newest] = outcome.data.versions;
  return { ...outcome, data: newest ?? { version: outcome.data.current, author: null, at: '' } };
}

import { ConfigUnreadable, type ConfigStore } from '../directory/config-store.js';
import type { Emitter } from '../lib/emitter.js';
import { AUDIO_REFERENCE } from '../prompts/schema.js';
import { audioPlaces } from './audio-references.js';
import { companySchema, type Company } from './company.js';
import type { ReadDocument } from './document.js';
import { Report } from './lint/report.js';
import { lint, type LintOptions } from './linter.js';
import { byPlace, hasErrors, showProblem, type Problem } from './problem.js';
import { diffItems, type Change } from './store/diff.js';
import { fromItems, toItems } from './store/items.js';
import { nextId, readPromptIds, rememberIds, reusedIds, type PromptIds } from './store/retired-prompts.js';

const PROMPT_IDS = 'prompt_ids';

/** What is to be applied does not make sense; nothing was changed. */
export class CompanyRefused extends Error {
  override readonly name = 'CompanyRefused';
  constructor(readonly problems: Problem[]) {
    super(problems.map(showProblem).join('\n'));
  }
}

export interface CompanyChanged {
  company: Company;
  changes: Change[];
}

export interface AppliedChanges {
  changes: Change[];
  warnings: Problem[];
}

/** A company, with where it was read from when it was read from a file. */
export type Applied = Pick<ReadDocument, 'company'> & Partial<Omit<ReadDocument, 'company'>>;

/** The company as it is set up now: the one source of truth, in the database and in memory. */
export class CompanyStore {
  #company: Company = companySchema.parse({ version: 1 });
  #promptIds: PromptIds = {};
  #applying: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: {
      store: ConfigStore;
      lint: Pick<LintOptions, 'knownSounds' | 'checkProfile' | 'secrets'>;
      /** Whether the gateway has the audio of that content. */
      hasAudio: (sha256: string) => Promise<boolean>;
      changed: Emitter<CompanyChanged>;
    },
  ) {}

  /** As of the last {@link load} or {@link apply}. */
  get company(): Company {
    return this.#company;
  }

  /** Called after each change is stored. Returns the function that ends it. */
  onChange(listener: (event: CompanyChanged) => void): () => void {
    return this.options.changed.on(listener);
  }

  /** Reads the company from the database; an empty one if nothing was set up yet. @throws {ConfigUnreadable} */
  async load(): Promise<Company> {
    const { store } = this.options;
    const read = companySchema.safeParse(fromItems(await store.list()));
    if (!read.success)
      throw new ConfigUnreadable(
        read.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`).join('\n'),
      );
    this.#company = read.data;
    this.#promptIds = rememberIds(this.#company, readPromptIds(await store.meta(PROMPT_IDS)));
    return this.#company;
  }

  /** True until something has been applied. */
  async isEmpty(): Promise<boolean> {
    return (await this.options.store.list()).length === 0;
  }

  /** An id for a new prompt, that no prompt has or had. */
  nextPromptId(): number {
    return nextId(this.#promptIds);
  }

  /**
   * Makes the company what the document says: all of it or, when there is an error in it, nothing.
   * @throws {CompanyRefused}
   */
  apply(document: Applied, { dryRun = false }: { dryRun?: boolean } = {}): Promise<AppliedChanges> {
    return this.#inTurn(() => this.#apply(document, dryRun));
  }

  /** Applies a changed copy of the company as it is when its turn comes. @throws {CompanyRefused} */
  update(change: (company: Company) => Company): Promise<AppliedChanges> {
    return this.#inTurn(() => this.#apply({ company: change(structuredClone(this.#company)) }, false));
  }

  async #apply(document: Applied, dryRun: boolean): Promise<AppliedChanges> {
    const warnings = await this.problems(document);
    if (hasErrors(warnings)) throw new CompanyRefused(warnings);
    const { company } = document;
    const { store, changed } = this.options;
    const items = toItems(company);
    const changes = diffItems(await store.list(), items);
    if (dryRun) return { changes, warnings };
    const promptIds = rememberIds(company, this.#promptIds);
    await store.replaceAll(items, { [PROMPT_IDS]: JSON.stringify(promptIds) });
    this.#company = company;
    this.#promptIds = promptIds;
    if (changes.length > 0) changed.emit({ company, changes });
    return { changes, warnings };
  }

  /** What the linter finds, and what only the gateway can know: audio that it has, ids that were used before. */
  async problems(document: Applied): Promise<Problem[]> {
    const { file, position, company } = document;
    const where = { ...(file === undefined ? {} : { file }), ...(position === undefined ? {} : { position }) };
    const options = { ...this.options.lint, ...where };
    const report = new Report(company, options);
    for (const { id, was } of reusedIds(company, this.#company, this.#promptIds)) {
      const remedy = `the next free id is ${this.nextPromptId()}`;
      report.error(`prompts/${id}/id`, `prompt ${id} was "${was}"; ids of prompts are not used again`, remedy);
    }
    for (const { pointer, reference } of audioPlaces(company)) {
      const [, sha256] = AUDIO_REFERENCE.exec(reference) ?? [];
      if (sha256 === undefined)
        report.error(
          pointer,
          `"${reference}" is not audio of the gateway`,
          '"cordboard apply" uploads files; or POST /api/v1/audio',
        );
      else if (!(await this.options.hasAudio(sha256)))
        report.error(pointer, 'the gateway does not have this audio', 'upload it: POST /api/v1/audio');
    }
    return [...lint(company, options), ...report.problems].sort(byPlace);
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#applying.then(job, job);
    this.#applying = result.catch(() => undefined);
    return result;
  }
}

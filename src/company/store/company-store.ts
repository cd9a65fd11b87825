import { ConfigUnreadable, VersionChanged, type ConfigStore } from './config-store.js';
import { currentActor } from '../../http/actor.js';
import type { Emitter } from '../../lib/emitter.js';
import { companySchema, type Company } from '../company.js';
import { writeDocument, type ReadDocument } from '../document/document.js';
import { checkCompany, type AudioUse, type CheckedCompany, type PromptFacts } from '../company-check.js';
import type { LintOptions } from '../lint/linter.js';
import { byPlace, hasErrors, moreProblems, showProblem, type DocumentProblem } from '../problem.js';
import { auditEntriesOf, type PublishCause } from './audit-entries.js';
import { diffItems, type Change } from './diff.js';
import { fromItems, toItems } from './items.js';
import { nextId, readPromptIds, rememberIds, type PromptIds } from './retired-prompts.js';

const PROMPT_IDS = 'prompt_ids';
/** Audio that is reported as missing. */
const MOST_MISSING = 200;

/** The schemas or the linter rejected the company; nothing was changed. */
export class CompanyRefused extends Error {
  override readonly name = 'CompanyRefused';
  constructor(readonly problems: DocumentProblem[]) {
    super(problems.map(showProblem).join('\n'));
  }
}

interface ApplyOptions {
  dryRun?: boolean;
  /** The version that the change is based on. Default: any. */
  ifVersion?: number | undefined;
  /** For the audit log. */
  cause?: PublishCause | undefined;
}

export interface CompanyChanged {
  company: Company;
  /** Empty when another gateway stored the change. */
  changes: Change[];
  /** Another gateway on the same database stored the change. */
  elsewhere: boolean;
}

interface AppliedChanges {
  changes: Change[];
  warnings: DocumentProblem[];
}

/** A company, with its source when it was read from a file, and the findings of an earlier check. */
type Applied = Pick<ReadDocument, 'company'> & Partial<Omit<ReadDocument, 'company'>> & { checked?: CheckedCompany };

/** The stored company; an empty one before the first configuration. @throws {ConfigUnreadable} */
export async function readCompany(store: ConfigStore): Promise<Company> {
  const read = companySchema.safeParse(fromItems(await store.list()));
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`);
  throw new ConfigUnreadable(problems.join('\n'));
}

/** The current company: the source of truth, in the database and in memory. */
export class CompanyStore {
  #company: Company = companySchema.parse({ version: 1 });
  #promptIds: PromptIds = {};
  #version = 0;
  #applying: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: {
      store: ConfigStore;
      lint: Pick<LintOptions, 'knownSounds' | 'checkProfile' | 'secrets'>;
      /** Whether the gateway has the audio of that content. */
      hasAudio: (sha256: string) => Promise<boolean>;
      changed: Emitter<CompanyChanged>;
      now?: () => number;
    },
  ) {}

  /** As of the last {@link load} or {@link apply}. */
  get company(): Company {
    return this.#company;
  }

  /** Number of the present version; 0 before the first. */
  get version(): number {
    return this.#version;
  }

  /** Calls the listener after each stored change. @returns the function that unsubscribes */
  onChange(listener: (event: CompanyChanged) => void): () => void {
    return this.options.changed.on(listener);
  }

  /** Reads the company from the database; an empty one before the first configuration. @throws {ConfigUnreadable} */
  async load(): Promise<Company> {
    const { store } = this.options;
    this.#company = await readCompany(store);
    this.#promptIds = rememberIds(this.#company, readPromptIds(await store.meta(PROMPT_IDS)));
    this.#version = await store.version();
    return this.#company;
  }

  /** Reads the company again when another gateway has stored a version, and calls the listeners. @throws {ConfigUnreadable} */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const { store, changed } = this.options;
    if ((await store.version()) === this.#version) return;
    const company = await this.load();
    changed.emit({ company, changes: [], elsewhere: true });
  }

  /** True until the first document is applied. */
  async isEmpty(): Promise<boolean> {
    return (await this.options.store.list()).length === 0;
  }

  /** An id for a new prompt, never used before. */
  nextPromptId(): number {
    return nextId(this.#promptIds);
  }

  /**
   * Replaces the company with the document: all of it, or nothing when it has an error.
   * @throws {CompanyRefused}
   * @throws {VersionChanged} when it is not based on the present version
   */
  apply(document: Applied, options: ApplyOptions = {}): Promise<AppliedChanges> {
    return this.#inTurn(() => this.#apply(document, options));
  }

  /** Applies a changed copy of the company that is current when its turn comes. @throws {CompanyRefused} */
  update(change: (company: Company) => Company): Promise<AppliedChanges> {
    return this.#inTurn(async () => {
      await this.#refresh();
      return this.#apply({ company: change(structuredClone(this.#company)) }, {});
    });
  }

  async #apply(
    document: Applied,
    { dryRun = false, ifVersion, cause = { action: 'configuration_published' } }: ApplyOptions,
  ): Promise<AppliedChanges> {
    await this.#refresh();
    if (ifVersion !== undefined && ifVersion !== this.#version) throw new VersionChanged(this.#version);
    const { company, file = 'configuration' } = document;
    const written = writeDocument(company, file);
    if (!written.ok) throw new CompanyRefused(written.problems);
    const warnings = await this.problems(document);
    if (hasErrors(warnings)) throw new CompanyRefused(warnings);
    const { store, changed } = this.options;
    const items = toItems(written.value);
    const changes = diffItems(await store.list(), items);
    if (dryRun) return { changes, warnings };
    const promptIds = rememberIds(company, this.#promptIds);
    const { now = Date.now } = this.options;
    const at = now();
    const audit = (number: number) => auditEntriesOf(changes, cause, at, number);
    const version = changes.length > 0 ? { at, author: currentActor(), audit } : undefined;
    this.#version = await store.replaceAll(items, { [PROMPT_IDS]: JSON.stringify(promptIds) }, version, this.#version);
    this.#company = company;
    this.#promptIds = promptIds;
    if (changes.length > 0) changed.emit({ company, changes, elsewhere: false });
    return { changes, warnings };
  }

  /** Facts about the current company for {@link checkCompany}. */
  get promptFacts(): PromptFacts {
    return { ids: this.#promptIds, present: this.#company.prompts.map(({ id }) => id), next: this.nextPromptId() };
  }

  /** The findings of the linter and of the gateway's own checks: existing audio, ids used before. */
  async problems(document: Applied): Promise<DocumentProblem[]> {
    const { checked = checkCompany(document, { ...this.options.lint, promptFacts: this.promptFacts }) } = document;
    return this.withMissingAudio(checked);
  }

  /** The problems found, and the missing audio. */
  async withMissingAudio({ problems, audio }: CheckedCompany): Promise<DocumentProblem[]> {
    const known = new Map<string, boolean>();
    const missing: AudioUse[] = [];
    for (const use of audio) {
      const has = known.get(use.sha256) ?? (await this.options.hasAudio(use.sha256));
      known.set(use.sha256, has);
      if (!has) missing.push(use);
    }
    const shown = missing.slice(0, MOST_MISSING).map(missingAudio);
    const last = shown.at(-1);
    if (missing.length > shown.length && last !== undefined) shown.push(moreProblems(last.file, last));
    return [...problems, ...shown].sort(byPlace);
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#applying.then(job, job);
    this.#applying = result.catch(() => undefined);
    return result;
  }
}

function missingAudio({ file, line, column, path }: AudioUse): DocumentProblem {
  return {
    severity: 'error',
    file,
    line,
    column,
    path,
    message: 'the gateway does not have this audio',
    remedy: 'upload it: POST /api/v1/audio',
  };
}

import type { FieldCode } from '../../http/problem-codes.js';
import type { ProfileKind } from '../../directory/profiles.js';
import type { Company } from '../company.js';
import type { DocumentPath } from '../document/source.js';
import { didYouMean } from '../../lib/nearest-word.js';
import { byPlace, moreProblems, type DocumentProblem, type Position, type ProblemKind } from '../problem.js';
import { Names } from './names.js';

/** Errors and warnings that are shown, of each. */
const MOST_PROBLEMS = 200;
/** Problems for which a name is looked for that may have been meant. */
const MOST_SUGGESTIONS = 20;

/** Input of the linter apart from the document. */
export interface LintOptions {
  /** Sounds shipped with the gateway, by language; music under `music`. */
  knownSounds: KnownSounds;
  /** Name of the company's file, and the positions of its parts. */
  file?: string | undefined;
  position?: ((path: DocumentPath) => Position) | undefined;
  /** @throws {Error} when the company's changes to a contract profile of this kind make no sense; the message says why */
  checkProfile?: (changes: Record<string, unknown>, kind: ProfileKind) => void;
  /** Names of the gateway's secrets; undefined when they are unknown. */
  secrets?: ReadonlySet<string>;
}

export type KnownSounds = ReadonlyMap<string, ReadonlySet<string>>;

/** Collects the findings of the rules. A place is a pointer such as `parts/main-menu/0/menu`, or a path in the document. */
export class Report {
  readonly names: Names;
  readonly #found: DocumentProblem[] = [];
  #errors = 0;
  #warnings = 0;
  #suggestions = 0;
  #last: Position = { line: 1, column: 1 };

  constructor(
    readonly company: Company,
    readonly options: LintOptions,
  ) {
    this.names = new Names(company);
  }

  /** In document order; the last one says so when the list was cut. */
  get problems(): DocumentProblem[] {
    const shown = [...this.#found].sort(byPlace);
    if (this.#errors <= MOST_PROBLEMS && this.#warnings <= MOST_PROBLEMS) return shown;
    const { file = 'configuration' } = this.options;
    return [...shown, moreProblems(file, shown.at(-1) ?? this.#last)];
  }

  /** Applies a rule unless there are already too many errors. */
  apply(rule: (report: Report) => void): void {
    if (this.#errors > MOST_PROBLEMS) return;
    try {
      rule(this);
    } catch (error) {
      if (!(error instanceof TooManyProblems)) throw error;
    }
  }

  /** Ends the rule when there are too many errors: see {@link apply}. */
  error(place: string | DocumentPath, message: string, remedy?: string, kind?: ProblemKind): void {
    this.#errors += 1;
    if (this.#errors > MOST_PROBLEMS) throw new TooManyProblems();
    this.#add('error', { place, message, remedy, kind });
  }

  /** Warnings do not reject a document, so too many of them must not hide an error: the rules continue. */
  warn(place: string | DocumentPath, message: string, remedy?: string, kind?: ProblemKind): void {
    this.#warnings += 1;
    if (this.#warnings <= MOST_PROBLEMS) this.#add('warning', { place, message, remedy, kind });
  }

  /** A remedy for a name that does not exist; none after the first few problems. */
  suggest(word: string, names: Iterable<string>): string | undefined {
    this.#suggestions += 1;
    return this.#suggestions > MOST_SUGGESTIONS ? undefined : didYouMean(word, names);
  }

  #add(severity: DocumentProblem['severity'], { place, message, remedy, kind = {} }: Finding): void {
    const path = typeof place === 'string' ? documentPath(this.names, place) : place;
    const { file = 'configuration', position = () => ({ line: 1, column: 1 }) } = this.options;
    const [code, value] = (Object.entries(kind) as [FieldCode, unknown][])[0] ?? [];
    this.#found.push({
      severity,
      file,
      ...position(path),
      path: typeof place === 'string' ? place : path.map(String).join('/'),
      message,
      remedy,
      code,
      params: value === undefined || value === true ? undefined : { value },
    });
  }
}

interface Finding {
  place: string | DocumentPath;
  message: string;
  remedy?: string | undefined;
  kind?: ProblemKind | undefined;
}

class TooManyProblems extends Error {
  override readonly name = 'TooManyProblems';
}

/** Pointers name lines by number, prompts and queues by id, handsets by name; the document lists them. */
export function documentPath(names: Names, pointer: string): DocumentPath {
  const [section = '', key = '', ...rest] = pointer.split('/');
  const index = names.indexOf(section, key);
  return [section, ...(key === '' ? [] : [index ?? key]), ...rest];
}

import type { ProfileKind } from '../../directory/profiles.js';
import type { Company } from '../company.js';
import type { DocumentPath } from '../document/source.js';
import type { Position, Problem } from '../problem.js';

/** What the linter has to know besides the document. */
export interface LintOptions {
  /** Sounds shipped with the gateway, by language; music under `music`. */
  knownSounds: KnownSounds;
  /** Name of the file that the company was read from, and where its parts stand in it. */
  file?: string;
  position?: (path: DocumentPath) => Position;
  /** @throws {Error} when the company's changes to a contract profile of this kind make no sense; the message says why */
  checkProfile?: (changes: Record<string, unknown>, kind: ProfileKind) => void;
  /** Names of the secrets that the gateway has; left out where nobody knows. */
  secrets?: ReadonlySet<string>;
}

export type KnownSounds = ReadonlyMap<string, ReadonlySet<string>>;

/** Collects what the rules find. A place is a pointer such as `parts/main-menu/0/menu`, or a path into the document. */
export class Report {
  readonly problems: Problem[] = [];

  constructor(
    readonly company: Company,
    readonly options: LintOptions,
  ) {}

  error(place: string | DocumentPath, message: string, remedy?: string): void {
    this.#add('error', place, message, remedy);
  }

  warn(place: string | DocumentPath, message: string, remedy?: string): void {
    this.#add('warning', place, message, remedy);
  }

  #add(severity: Problem['severity'], place: string | DocumentPath, message: string, remedy?: string): void {
    const path = typeof place === 'string' ? documentPath(this.company, place) : place;
    const { file = 'configuration', position = () => ({ line: 1, column: 1 }) } = this.options;
    this.problems.push({
      severity,
      file,
      ...position(path),
      path: typeof place === 'string' ? place : path.map(String).join('/'),
      message,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
}

/** Pointers name lines by number, prompts and queues by id, handsets by name; the document lists them. */
export function documentPath(company: Company, pointer: string): DocumentPath {
  const [section = '', key = '', ...rest] = pointer.split('/');
  const index = keysOf(company, section)?.indexOf(key);
  return [section, ...(key === '' ? [] : [index ?? key]), ...rest];
}

function keysOf(company: Company, section: string): string[] | undefined {
  const { lines, prompts, queues, handsets, webhooks, callbacks, music } = company;
  if (section === 'lines') return lines.map(({ number }) => number);
  if (section === 'prompts') return prompts.map(({ id }) => String(id));
  if (section === 'queues') return queues.map(({ id }) => String(id));
  if (section === 'webhooks') return webhooks.map(({ name }) => name);
  if (section === 'callbacks') return callbacks.map(({ name }) => name);
  if (section === 'music') return music.map(({ name }) => name);
  return section === 'handsets' ? handsets.map(({ name }) => name) : undefined;
}

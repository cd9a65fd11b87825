import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { moreProblems, type Position, type DocumentProblem } from '../problem.js';
import { findExcess, findExpansion } from './limits.js';
import { findUnclosed } from './unclosed.js';

/** A path in the document, outermost first: keys of maps and indices of lists. */
export type DocumentPath = readonly PropertyKey[];

/** Problems of the text that are shown. */
const MOST_PROBLEMS = 200;

/** A parsed YAML text: its value for the schemas, and the position of each part of the value. */
export class Source {
  readonly problems: DocumentProblem[] = [];
  /** Meaningless when there are problems. */
  readonly value: unknown;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string | undefined, Pair>>();

  constructor(
    text: string,
    private readonly file: string,
  ) {
    const nul = text.indexOf('\0');
    if (nul !== -1) {
      this.#report(0, '', 'the file is not UTF-8 text (it looks like UTF-16)', 'save it as UTF-8');
      return;
    }
    const excess = findExcess(text);
    if (excess) {
      this.#countLines(text, excess.offset);
      this.#report(excess.offset, '', excess.message, excess.remedy);
      return;
    }
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      uniqueKeys: false,
      stringKeys: false,
    });
    for (const error of [...this.#document.errors, ...this.#document.warnings]) this.#reportYaml(error);
    if (this.problems.length === 0) this.#findBadNodes(this.#document);
    if (this.problems.length === 0) this.value = this.#expand(this.#document);
  }

  at(path: DocumentPath): unknown {
    return valueAt(this.value, path);
  }

  /**
   * Position of the value at a path, or of its key when the value begins on a later line; when it does not exist, of the
   * innermost existing value around it.
   */
  position(path: DocumentPath): Position {
    let node: unknown = this.#document?.contents;
    let found = this.#at(startOf(node) ?? 0);
    for (const name of path) {
      const next = this.#pairOrItem(node, name);
      if (next === undefined) break;
      node = this.#follow(hasValue(next) ? next.value : next);
      const starts = [hasValue(next) ? next.key : undefined, node].map(startOf).filter((start) => start !== undefined);
      const [key = found, value = key] = starts.map((start) => this.#at(start));
      found = key.line === value.line ? value : key;
    }
    return found;
  }

  /** Position of a setting's key. */
  keyPosition(path: DocumentPath, key: string): Position {
    let node: unknown = this.#document?.contents;
    for (const name of path) {
      const next = this.#pairOrItem(node, name);
      node = this.#follow(hasValue(next) ? next.value : next);
    }
    const pair = this.#pairOrItem(node, key);
    const start = hasValue(pair) ? startOf(pair.key) : undefined;
    return start === undefined ? this.position(path) : this.#at(start);
  }

  #pairOrItem(node: unknown, name: PropertyKey): unknown {
    if (isMap(node)) return this.#pairsOf(node).get(String(name));
    return isSeq(node) ? node.items[Number(name)] : undefined;
  }

  /** The pairs of a map by key; the first of duplicates. */
  #pairsOf(map: YAMLMap): ReadonlyMap<string | undefined, Pair> {
    let pairs = this.#pairs.get(map);
    if (pairs === undefined) {
      pairs = new Map([...map.items].reverse().map((pair) => [keyText(pair.key), pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs;
  }

  #follow(node: unknown): unknown {
    return isAlias(node) && this.#document ? node.resolve(this.#document) : node;
  }

  /** Duplicate keys, keys that are not strings, unresolved aliases. */
  #findBadNodes(document: Document.Parsed): void {
    if (document.contents === null) this.#report(0, '', 'the file is empty', 'it begins with "version: 1"');
    const anchors = new Set<string>();
    const note = ({ anchor }: { anchor?: string }) => {
      if (anchor !== undefined) anchors.add(anchor);
    };
    visit(document, {
      Seq: (_, seq) => note(seq),
      Map: (_, map) => {
        note(map);
        this.#checkKeys(map);
      },
      Alias: (_, alias) => {
        if (!anchors.has(alias.source))
          this.#report(
            startOf(alias) ?? 0,
            '',
            `nothing is marked &${alias.source}`,
            'an alias comes after what it repeats',
          );
      },
      Scalar: (_, scalar) => {
        note(scalar);
        const { value, range } = scalar;
        if (typeof value === 'number' && !Number.isFinite(value))
          this.#report(range?.[0] ?? 0, '', 'not a number', 'put text in quotes');
      },
    });
  }

  #checkKeys(map: YAMLMap): void {
    const seen = new Map<string, number>();
    for (const { key } of map.items) {
      const name = keyText(key);
      const offset = startOf(key) ?? startOf(map) ?? 0;
      if (name === undefined) {
        this.#report(offset, '', 'a key must be a plain word', 'put keys such as * and # in quotes');
        continue;
      }
      if (isScalar(key) && typeof key.value !== 'string' && key.source !== undefined && key.source !== name) {
        this.#report(offset, key.source, `"${key.source}" is read as "${name}"`, `put it in quotes: '${key.source}'`);
        continue;
      }
      const first = seen.get(name);
      if (first !== undefined)
        this.#report(
          offset,
          name,
          `"${name}" stands here twice, first on line ${this.#at(first).line}`,
          'keep one of them',
        );
      else seen.set(name, offset);
    }
  }

  #expand(document: Document.Parsed): unknown {
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    const reason = findExpansion(value);
    if (reason !== undefined) this.#report(0, '', reason, 'use parts for what is repeated or nested');
    return value;
  }

  #reportYaml(error: YAMLError): void {
    const { code, message, pos } = error;
    const opened = this.#document && findUnclosed(this.#document, error);
    const said = MESSAGES[code] ?? firstSentence(message);
    if (opened === undefined) this.#report(pos[0], '', said, REMEDIES[code] ?? 'the text must be YAML');
    else this.#report(opened, '', 'what is opened here is never closed', 'close the bracket or the quotes');
  }

  #report(offset: number, path: string, message: string, remedy: string): void {
    if (this.problems.length > MOST_PROBLEMS) return;
    if (this.problems.length === MOST_PROBLEMS) {
      this.problems.push(moreProblems(this.file, this.#at(offset)));
      return;
    }
    this.problems.push({ severity: 'error', file: this.file, ...this.#at(offset), path, message, remedy });
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** For texts that are rejected before parsing. */
  #countLines(text: string, until: number): void {
    this.#lines.addNewLine(0);
    for (let at = text.indexOf('\n'); at !== -1 && at < until; at = text.indexOf('\n', at + 1))
      this.#lines.addNewLine(at + 1);
  }
}

export function valueAt(value: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (inner, name) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[name],
    value,
  );
}

function hasValue(node: unknown): node is Pair {
  return typeof node === 'object' && node !== null && !isNode(node) && 'key' in node;
}

function keyText(key: unknown): string | undefined {
  return isScalar(key) && ['string', 'number', 'boolean'].includes(typeof key.value) ? String(key.value) : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? ((node as Node).range?.[0] ?? undefined) : undefined;
}

function firstSentence(message: string): string {
  return message.split('\n')[0]?.replace(/:$/, '') ?? message;
}

const MESSAGES: Partial<Record<string, string>> = { MULTIPLE_DOCS: 'a second document begins here' };
const REMEDIES: Partial<Record<string, string>> = {
  BAD_INDENT: 'indent what belongs together alike, with spaces',
  BAD_ALIAS: 'put texts that begin with * in quotes',
  BAD_DIRECTIVE: 'put texts that begin with % in quotes',
  BAD_DQ_ESCAPE: 'use single quotes, or double the backslash',
  BLOCK_AS_IMPLICIT_KEY: 'put each setting on a line of its own',
  MISSING_CHAR: 'close the bracket or the quotes, and separate entries by commas',
  MULTILINE_IMPLICIT_KEY: 'a key and its colon stand on one line; close open quotes',
  MULTIPLE_DOCS: 'leave out the line "---" between them: one file is one document',
  TAB_AS_INDENT: 'indent with spaces',
  TAG_RESOLVE_FAILED: 'tags (!name) are not used here; put texts that begin with ! in quotes',
  UNEXPECTED_TOKEN: 'put texts with special characters in quotes',
};

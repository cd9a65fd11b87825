import { CST, Lexer } from 'yaml';

/** Limits of a document: far above any real company's, far below what slows the parser down. */
export const MAX_BYTES = 1_048_576;
const MAX_DEPTH = 100;
const MAX_ALIASES = 200;
const MAX_VALUES = 200_000;
/** Each level of a block is indented further than the one around it. */
const MAX_INDENT_COLUMNS = 400;

interface Excess {
  offset: number;
  message: string;
  remedy: string;
}

/**
 * Checks the tokens before parsing: nested brackets cost the parser unbounded memory, and each alias
 * costs a walk through the document. Runs in time linear in the text.
 */
export function findExcess(text: string): Excess | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) {
    return {
      offset: 0,
      message: `the file has ${bytes} bytes; at most ${MAX_BYTES} are read`,
      remedy: 'audio belongs in files of its own',
    };
  }
  let offset = 0;
  let lineStart = 0;
  let indent = 0;
  let depth = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    const excess = (message: string, remedy: string) => ({ offset, message, remedy });
    const type = CST.tokenType(token);
    if (type === 'flow-seq-start' || type === 'flow-map-start') depth += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') depth -= 1;
    if (type === 'alias' || type === 'anchor') aliases += 1;
    if (type === 'space' && offset === lineStart) indent = token.length;
    const columns = type === 'seq-item-ind' || type === 'explicit-key-ind' ? offset - lineStart : indent;
    if (depth > MAX_DEPTH) return excess(`nested more than ${MAX_DEPTH} deep`, 'use parts for what is nested');
    if (aliases > MAX_ALIASES)
      return excess(`more than ${MAX_ALIASES} anchors and aliases (&name, *name)`, 'use parts for what is repeated');
    if (columns > MAX_INDENT_COLUMNS)
      return excess(`indented more than ${MAX_INDENT_COLUMNS} columns`, 'use parts for what is nested');
    if (MARKS.has(token)) continue;
    const lineEnd = token.lastIndexOf('\n');
    if (lineEnd !== -1) {
      lineStart = offset + lineEnd + 1;
      indent = 0;
    }
    offset += token.length;
  }
  return undefined;
}

/** The lexer marks documents, flow errors and scalars with control characters that are not in the text. */
const MARKS = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** The reason why a document has too many or too deep values after its aliases are resolved, including circular aliases. */
export function findExpansion(value: unknown): string | undefined {
  let left = MAX_VALUES;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return `nested more than ${MAX_DEPTH} deep`;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      const inside: unknown[] = Object.values(one);
      left -= inside.length;
      if (left < 0) return `more than ${MAX_VALUES} values once the aliases (*name) are followed`;
      for (const deeper of inside) next.push(deeper);
    }
    level = next;
  }
  return undefined;
}

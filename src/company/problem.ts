import { z } from 'zod';
import { fieldCodes, type FieldCode } from '../http/problem-codes.js';

/** A problem of the company's document, at the place to correct. */
export interface DocumentProblem {
  /** Errors reject the document; warnings do not. */
  severity: 'error' | 'warning';
  file: string;
  /** From 1. */
  line: number;
  column: number;
  /** Pointer into the document, such as `parts/main-menu/0/menu/timeout`. */
  path: string;
  message: string;
  /** Remedy. */
  remedy?: string | undefined;
  /** Kind of the problem, for translations of the message. */
  code?: FieldCode | undefined;
  /** Values that a translation names. */
  params?: Record<string, unknown> | undefined;
}

/** Kind of a problem with the values that its translation names: `{ unknown_queue: 7 }` becomes the code with `params.value` 7. */
export type ProblemKind = Partial<Record<FieldCode, unknown>>;

/** A problem as sent in API responses. */
export const problemSchema = z
  .object({
    severity: z.enum(['error', 'warning']),
    file: z.string(),
    line: z.number(),
    column: z.number(),
    path: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
    code: z.enum(fieldCodes).optional().describe('For a translation of the message'),
    params: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ConfigProblem' });

/** Remedy for an invalid phone number. */
export const NUMBER_REMEDY = "write it with its country code, in quotes: '+420222333444'";

/** Line and column, both from 1. */
export interface Position {
  line: number;
  column: number;
}

export function hasErrors(problems: readonly DocumentProblem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** `file:line:column: message (remedy)`, a form that editors and terminals turn into links. */
export function showProblem({ severity, file, line, column, message, remedy }: DocumentProblem): string {
  const kind = severity === 'warning' ? 'warning: ' : '';
  return `${file}:${line}:${column}: ${kind}${message}${remedy === undefined ? '' : ` (${remedy})`}`;
}

export function byPlace(a: DocumentProblem, b: DocumentProblem): number {
  return a.line - b.line || a.column - b.column;
}

/** Follows the last reported problem when the list was cut. */
export function moreProblems(file: string, { line, column }: Position): DocumentProblem {
  const message = 'more problems are not shown';
  return { severity: 'warning', file, line, column, path: '', message, remedy: 'put these right first' };
}

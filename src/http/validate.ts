import type { z } from 'zod';
import { invalid, Problem } from './problem.js';

/**
 * Parses a value by a schema; without a schema it returns undefined.
 *
 * @throws {Problem} 422, with every invalid field; 404 for a path, since nothing has such an address
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown, place: 'body' | 'query' | 'path'): Promise<T>;
export function validate<T>(
  schema: z.ZodType<T> | undefined,
  value: unknown,
  place: 'body' | 'query' | 'path',
): Promise<T | undefined>;
export async function validate<T>(
  schema: z.ZodType<T> | undefined,
  value: unknown,
  place: 'body' | 'query' | 'path',
): Promise<T | undefined> {
  if (schema === undefined) return undefined;
  const parsed = await schema.safeParseAsync(value);
  if (parsed.success) return parsed.data;
  const problem = invalid(
    parsed.error.issues.map((issue) => ({
      field: [place, ...issue.path.map(String)].join('.'),
      detail: issue.message,
      code: issue.code,
      params: paramsOf(issue),
    })),
  );
  throw place === 'path' ? new Problem(404, 'Not found', problem.detail, { errors: problem.more.errors }) : problem;
}

/** The members of an issue that a translation of its message names. */
const PARAMS = ['expected', 'minimum', 'maximum', 'format', 'values', 'keys', 'divisor'] as const;

export function paramsOf(issue: z.core.$ZodIssue): Record<string, unknown> | undefined {
  const all = issue as unknown as Record<string, unknown>;
  const named = PARAMS.filter((name) => all[name] !== undefined).map((name) => [name, all[name]] as const);
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

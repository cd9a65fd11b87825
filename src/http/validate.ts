import type { z } from 'zod';
import { invalid } from './problem.js';

/** What the schema makes of the value; a {@link Problem} that names each wrong field otherwise. Without a schema: as it is. */
export async function validate<T>(
  schema: z.ZodType<T> | undefined,
  value: unknown,
  place: 'body' | 'query' | 'path',
): Promise<T | undefined> {
  if (schema === undefined) return undefined;
  const parsed = await schema.safeParseAsync(value);
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map((issue) => ({
      field: [place, ...issue.path.map(String)].join('.'),
      detail: issue.message,
    })),
  );
}

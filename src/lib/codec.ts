import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/**
 * A setting whose default value is omitted on writing. zod's `.default()`, in contrast, is for settings that are always written.
 */
export function withOmittedDefault<S extends z.ZodType>(schema: S, usual: z.output<S>) {
  const read = (value: z.output<S> | undefined): z.output<S> => (value === undefined ? structuredClone(usual) : value);
  const write = (value: z.output<S>): z.output<S> | undefined => (isDeepStrictEqual(value, usual) ? undefined : value);
  const codec = z.codec<
    z.ZodType<z.output<S> | undefined, z.input<S> | undefined>,
    z.ZodType<z.output<S>, z.output<S>>
  >(schema.optional(), z.custom<z.output<S>>(), { decode: read, encode: write });
  return codec.meta({ default: z.encode(schema, usual) });
}

/**
 * A setting with several notations and one internal form.
 * @param written accepts all notations
 * @param codec `decode`: converts a notation to the internal form; `encode`: the notation used on writing
 */
export function shorthand<S extends z.ZodType, T>(
  written: S,
  codec: { decode: (value: z.output<S>) => T; encode: (value: T) => z.output<S> },
) {
  return z.codec<S, z.ZodType<T, T>>(written, z.custom<T>(), codec);
}

/** Copies a value without undefined properties, on every level. */
export function compactDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compactDeep);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(said.map(([name, inner]) => [name, compactDeep(inner)]));
}

import { z } from 'zod';

/** What a setting holds, for forms: its type alone does not distinguish a prompt from a queue. */
export const KINDS_WITH_MEANING = [
  'prompt',
  'prompts',
  'queue',
  'handset',
  'part',
  'profile',
  'phone_number',
  'duration',
  'key',
  'hours',
  'recording',
] as const;

interface FieldFacts {
  kind: (typeof KINDS_WITH_MEANING)[number];
  /** Of the settings with the same word exactly one is set. */
  oneOf?: string;
}

/** The meaning of schemas. A schema that wraps one of them (`.optional()`, `.default()`, `.refine()`) has its meaning. */
export const fieldFacts = z.registry<FieldFacts>();

/** Gives a schema its meaning. */
export function meaning<S extends z.ZodType>(kind: FieldFacts['kind'], schema: S, oneOf?: string): S {
  fieldFacts.add(schema, oneOf === undefined ? { kind } : { kind, oneOf });
  return schema;
}

import type { Fields } from '../shared/input.js';
import { z } from 'zod';
import { formatNumber } from '../../directory/numbers.js';
import type { RuntelSettings } from './schema.js';
import { maskNumber } from '../../lib/mask.js';

/** Renames fields by the company's table, in both directions. */
export function renamed(fields: Fields, { rename }: RuntelSettings): Fields {
  return mapNames(fields, (name) => rename[name] ?? name) as Fields;
}

export function renamedBack(fields: Fields, { rename }: RuntelSettings): Fields {
  const ours = new Map(Object.entries(rename).map(([name, theirs]) => [theirs, name]));
  return mapNames(fields, (name) => ours.get(name) ?? name) as Fields;
}

function mapNames(value: unknown, change: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => mapNames(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [change(name), mapNames(each, change)]));
}

/** Formats numbers; masked for readers without the scope for numbers. */
export function numberWriter({ numbers }: RuntelSettings, country: string, sees: boolean): (e164: string) => string {
  return (e164) => (sees ? formatNumber(e164, numbers, country) : maskNumber(e164));
}

/** A person named by exactly one of these. */
const text = z.union([z.string(), z.number()]).transform(String);
export const personFields = { user: text.optional(), handset: text.optional(), extension: text.optional() };
export const targetSchema = z.object({
  ...personFields,
  group: z.coerce.number().int().positive().optional(),
  number: text.optional(),
});
export type NamedTarget = z.output<typeof targetSchema>;

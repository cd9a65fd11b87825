import { z } from 'zod';
import { profileChanges, type Profiles } from '../../directory/profiles.js';
import { orderStatuses, type OrderStatus } from '../../orders/status.js';
import { builtIn } from './built-in.js';

/** Meanings of requests; `connect_client` is requested by the client. */
const meanings = ['notify', 'connect', 'connect_client', 'connect_driver', 'none'] as const;
export type Meaning = (typeof meanings)[number];

const names = z.array(z.string().min(1).max(100)).max(50);
const role = z.enum(['client', 'driver']);
const fields = z.strictObject({
  order: names,
  status: names,
  client: names,
  driver: names,
  line: names,
  branch: names,
  minutes: names,
  car_mark: names,
  car_model: names,
  car_color: names,
  car_plate: names,
  initiator: names,
  first: names,
  second: names,
});

/** The contract with a dispatch such as Gootax, as data: docs/gootax.md explains every setting. */
export const gootaxProfileSchema = z.strictObject({
  paths: z.record(
    z
      .string()
      .regex(/^(GET|POST|PUT|DELETE) \/[\w~/:.-]*$/, 'a method and a path, such as POST /integration/gootaxpro/call'),
    z.enum(meanings),
  ),
  fields,
  statuses: z.record(z.string().min(1).max(200), z.enum([...orderStatuses, 'unknown'])),
  unknown_status: z.enum(['announce', 'skip']),
  initiators: z.record(z.string().min(1).max(100), role),
  initiator: role,
  same_within_s: z.number().int().min(0).max(86_400),
});

export type GootaxProfile = z.output<typeof gootaxProfileSchema>;
export type FieldName = keyof GootaxProfile['fields'];

/** @throws {z.ZodError} when a change is invalid */
export function gootaxProfile(changes: Record<string, unknown>): GootaxProfile {
  const tables = Object.entries(changes).map(([word, value]) => [word, WORDS.has(word) ? asLookedUp(value) : value]);
  const own = Object.fromEntries(tables) as Record<string, unknown>;
  return gootaxProfileSchema.parse(profileChanges({ own: { ...own, base: 'built_in' }, built_in: builtIn }, 'own'));
}

/** The company's present profile. */
export function gootaxProfileOf(profiles: Profiles): GootaxProfile {
  return gootaxProfile(profileChanges(profiles, 'gootax'));
}

/** Null: unknown. */
export function statusOf(raw: string, { statuses }: GootaxProfile): OrderStatus | null {
  const word = plain(raw);
  const found = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
  return found === undefined || found === 'unknown' ? null : found;
}

/** Lookup tables for words of requests. */
const WORDS = new Set(['statuses', 'initiators']);

function asLookedUp(table: unknown): unknown {
  if (typeof table !== 'object' || table === null) return table;
  return Object.fromEntries(Object.entries(table).map(([word, meaning]) => [plain(word), meaning]));
}

/** Normalizes case and spaces. */
export function plain(word: string): string {
  return word.trim().toLowerCase().replace(/\s+/g, ' ');
}

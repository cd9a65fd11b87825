import { isEqual } from '../config/values.js';
import type { Line, Plan } from './types.js';

/** An item of the configuration. */
export interface Item {
  section: Section;
  key: string;
  body: unknown;
}

export type Section = 'settings' | 'prompts' | 'handsets' | 'queues' | 'parts' | 'lines' | 'profiles';

/** A change of an item. Without a body it is removed. */
export interface ItemChange {
  section: Section;
  key: string;
  body?: unknown;
  /** In its section, from 0; default: where it is, or at the end. */
  position?: number;
}

const KEYS = { prompts: 'id', handsets: 'name', queues: 'id', lines: 'number' } as const;

/** The sections that plans consist of or refer to. */
export const SECTIONS: readonly Section[] = ['settings', 'prompts', 'handsets', 'queues', 'parts', 'lines', 'profiles'];

/** Splits a document into its items. Sections that plans do not need are left out. */
export function itemsOf(document: Record<string, unknown>): Item[] {
  return SECTIONS.flatMap((section): Item[] => {
    if (section === 'settings') return [{ section, key: 'company', body: settingsIn(document) }];
    const value = document[section] ?? [];
    if (section === 'parts' || section === 'profiles')
      return Object.entries(value).map(([key, body]): Item => ({ section, key, body }));
    return (value as Record<string, unknown>[]).map((body) => ({ section, key: String(body[KEYS[section]]), body }));
  });
}

/** What is outside of the sections. */
function settingsIn(document: Record<string, unknown>): Record<string, unknown> {
  const ofItems: readonly string[] = [...SECTIONS, 'music', 'operators', 'webhooks', 'callbacks'];
  return Object.fromEntries(Object.entries(document).filter(([name]) => !ofItems.includes(name)));
}

export function isAt(item: Pick<Item, 'section' | 'key'>, at: Pick<Item, 'section' | 'key'>): boolean {
  return item.section === at.section && item.key === at.key;
}

export function withChange(items: readonly Item[], { section, key, body, position }: ItemChange): Item[] {
  const at = { section, key };
  const before = items.findIndex((item) => isAt(item, at));
  const others = items.filter((item) => !isAt(item, at));
  if (body === undefined) return others;
  const item = { ...at, body };
  if (position === undefined) return before === -1 ? [...others, item] : items.with(before, item);
  const places = [...others.keys()].filter((index) => others[index]?.section === section);
  return others.toSpliced(places[position] ?? others.length, 0, item);
}

/** The change that takes another one back. */
export function inverse(items: readonly Item[], { section, key }: ItemChange): ItemChange {
  const ofSection = items.filter((item) => item.section === section);
  const position = ofSection.findIndex((item) => item.key === key);
  const body = ofSection[position]?.body;
  return body === undefined ? { section, key } : { section, key, body, position };
}

/** The changes that make one configuration of another. */
export function changesBetween(from: readonly Item[], to: readonly Item[]): ItemChange[] {
  const removed = from.filter((item) => !to.some((other) => isAt(other, item)));
  const changed = to.filter((item) => !isEqual(from.find((other) => isAt(other, item))?.body, item.body));
  return [
    ...removed.map(({ section, key }): ItemChange => ({ section, key })),
    ...changed.map(({ section, key, body }): ItemChange => {
      const position = to.filter((item) => item.section === section).findIndex((item) => item.key === key);
      return { section, key, body, position };
    }),
  ];
}

export function sameItems(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
}

export function linesIn(items: readonly Item[]): Line[] {
  return items.filter(({ section }) => section === 'lines').map(({ body }) => body as Line);
}

export function partsOf(items: readonly Item[]): { name: string; actions: Plan }[] {
  return items
    .filter(({ section }) => section === 'parts')
    .map(({ key, body }) => ({ name: key, actions: body as Plan }));
}

/** The plan of a line, or the actions of a part. */
export function planOf({ section, body }: Pick<Item, 'section' | 'body'>): Plan {
  return section === 'lines' ? ((body as Line | null)?.plan ?? []) : ((body as Plan | null) ?? []);
}

/** The body of the item with other actions. */
export function withPlan({ section, body }: Item, plan: Plan): unknown {
  return section === 'lines' ? { ...(body as Line), plan } : plan;
}

import { isDeepStrictEqual } from 'node:util';
import type { ConfigItem } from './config-store.js';
import { SECTIONS } from './items.js';

/** The changes of an applied document, in an order independent of the document's. */
export interface Change {
  section: string;
  key: string;
  change: 'added' | 'changed' | 'removed';
  before?: unknown;
  after?: unknown;
}

export function diffItems(before: readonly ConfigItem[], after: readonly ConfigItem[]): Change[] {
  const old = new Map(before.map((item) => [idOf(item), item]));
  const fresh = new Map(after.map((item) => [idOf(item), item]));
  const changes: Change[] = [];
  for (const { section, key, body } of after) {
    const known = old.get(idOf({ section, key }));
    if (known === undefined) changes.push({ section, key, change: 'added', after: body });
    else if (!isDeepStrictEqual(known.body, body))
      changes.push({ section, key, change: 'changed', before: known.body, after: body });
  }
  for (const item of before) {
    if (!fresh.has(idOf(item)))
      changes.push({ section: item.section, key: item.key, change: 'removed', before: item.body });
  }
  return changes.sort(bySection);
}

/** `+ prompts 20`, `~ lines +420222333444`, `- parts night`. */
export function showChange({ section, key, change }: Change): string {
  return `${{ added: '+', changed: '~', removed: '-' }[change]} ${section} ${key}`;
}

function idOf({ section, key }: Pick<ConfigItem, 'section' | 'key'>): string {
  return `${section} ${key}`;
}

function bySection(a: Change, b: Change): number {
  return rank(a) - rank(b) || a.key.localeCompare(b.key, 'en', { numeric: true });
}

function rank({ section }: Change): number {
  return SECTIONS.findIndex((each) => each === section);
}

import { isDeepStrictEqual } from 'node:util';
import type { ConfigItem } from './config-store.js';

/** An item that the draft and another user changed differently. Null: it does not exist. */
export interface MergeConflict {
  section: string;
  key: string;
  base: unknown;
  draft: unknown;
  current: unknown;
}

/** For an item that both changed: which of the two remains. */
export interface MergeChoice {
  section: string;
  key: string;
  keep: 'draft' | 'current';
}

export type MergedItems = { ok: true; items: ConfigItem[] } | { ok: false; conflicts: MergeConflict[] };

/**
 * Applies what the draft changed since its base to the present items. Items that only others changed stay as they are. Without changes
 * by others the result is the draft, with its order.
 *
 * @param choices for items that both changed; without one such an item is a conflict
 */
export function mergeItems(
  base: readonly ConfigItem[],
  draft: readonly ConfigItem[],
  current: readonly ConfigItem[],
  choices: readonly MergeChoice[] = [],
): MergedItems {
  if (isDeepStrictEqual(base, current)) return { ok: true, items: [...draft] };
  const [before, wanted, present] = [byId(base), byId(draft), byId(current)];
  const conflicts: MergeConflict[] = [];
  const chosen = new Map(choices.map((choice) => [idOf(choice), choice.keep]));
  const bodies = new Map([...present].map(([id, { body }]) => [id, body]));
  for (const id of new Set([...before.keys(), ...wanted.keys()])) {
    const [was, mine, now] = [before.get(id)?.body, wanted.get(id)?.body, present.get(id)?.body];
    if (isDeepStrictEqual(was, mine) || isDeepStrictEqual(mine, now)) continue;
    const keep = isDeepStrictEqual(was, now) ? 'draft' : chosen.get(id);
    if (keep === 'current') continue;
    if (keep === undefined) {
      const { section = '', key = '' } = before.get(id) ?? wanted.get(id) ?? {};
      conflicts.push({ section, key, base: was ?? null, draft: mine ?? null, current: now ?? null });
    } else if (mine === undefined) bodies.delete(id);
    else bodies.set(id, mine);
  }
  if (conflicts.length > 0) return { ok: false, conflicts };
  const places = [...current, ...draft.filter((item) => !present.has(idOf(item)))];
  return {
    ok: true,
    items: places.filter((item) => bodies.has(idOf(item))).map((item) => ({ ...item, body: bodies.get(idOf(item)) })),
  };
}

function byId(items: readonly ConfigItem[]): Map<string, ConfigItem> {
  return new Map(items.map((item) => [idOf(item), item]));
}

function idOf({ section, key }: Pick<ConfigItem, 'section' | 'key'>): string {
  return `${section} ${key}`;
}

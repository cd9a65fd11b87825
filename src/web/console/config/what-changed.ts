import { groupDigits } from '../format.js';
import type { ItemNotice, LabelOf } from './item-editor.js';
import type { ItemAt } from './items.js';
import { texts } from './texts.js';
import { differences } from './values.js';

/** More names would make a notice too long to read while it is shown. */
const MOST_NAMES = 2;

/** What a notice says that was saved: the item by its name; of the settings of the company, those that are different now. */
export function whatChanged({ at, before, after }: ItemNotice, labelOf: LabelOf): string {
  if (at.section !== 'settings') return itemName(at, after);
  const labels = differences(before, after).flatMap((path) => labelNear(path.join('.'), labelOf) ?? []);
  const names = [...new Set(labels)];
  if (names.length === 0) return texts.sections.settings;
  return names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ' …' : '');
}

/** An item as people call it. */
export function itemName({ section, key }: ItemAt, body: unknown): string {
  const { title, display_name: displayName, name } = body as Partial<Record<string, unknown>>;
  const given = [title, displayName, name].find((each) => typeof each === 'string' && each !== '');
  return typeof given === 'string' ? given : section === 'lines' ? groupDigits(key) : key;
}

/** The label of a property, or of the one that it belongs to. */
export function labelNear(field: string, labelOf: LabelOf): string | undefined {
  for (let path = field; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const label = labelOf(path);
    if (label !== undefined) return label;
  }
  return undefined;
}

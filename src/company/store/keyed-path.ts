import { keySettingOf, SECTIONS } from './items.js';

/** A pointer into the document that names the item by its key: `lines/0/plan` becomes `lines/+420222333444/plan`. */
export function keyedPath(document: Record<string, unknown>, path: string): string {
  const [section = '', index = '', ...rest] = path.split('/');
  const setting = keySettingOf(SECTIONS.find((each) => each === section) ?? 'settings');
  const items = document[section];
  if (setting === undefined || !Array.isArray(items) || !/^\d+$/.test(index)) return path;
  const keys = items.map((item: Record<string, unknown> | null) => String(item?.[setting]));
  // Rules about the meaning name the item by its key already.
  const key = keys.includes(index) ? index : keys[Number(index)];
  return key === undefined ? path : [section, key, ...rest].join('/');
}

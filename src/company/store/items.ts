import type { ConfigItem } from './config-store.js';

/** Item of the settings outside any section. */
const SETTINGS = { section: 'settings', key: 'company' };
const KEY_OF: Record<string, string> = {
  prompts: 'id',
  handsets: 'name',
  queues: 'id',
  trunks: 'name',
  music: 'name',
  operators: 'id',
  lines: 'number',
  webhooks: 'name',
  callbacks: 'name',
};

/** All sections, in the order in which a diff lists them. */
export const SECTIONS = [
  'settings',
  'prompts',
  'handsets',
  'queues',
  'trunks',
  'music',
  'operators',
  'parts',
  'lines',
  'webhooks',
  'callbacks',
  'profiles',
] as const;

export type Section = (typeof SECTIONS)[number];

/** The setting of an item that must equal its key: `number` of a line; undefined where the key is a name outside of the item. */
export function keySettingOf(section: Section): string | undefined {
  return KEY_OF[section];
}

/** True for the one item of the settings outside any section, which cannot be removed. */
export function isSettings(section: Section): boolean {
  return section === SETTINGS.section;
}

/** Splits the company's document into its items. */
export function toItems(document: Record<string, unknown>): ConfigItem[] {
  const settings: Record<string, unknown> = {};
  const items: ConfigItem[] = [{ ...SETTINGS, body: settings }];
  for (const [section, value] of Object.entries(document)) {
    const keyName = KEY_OF[section];
    if (keyName !== undefined)
      items.push(...(value as Record<string, unknown>[]).map((body) => item(section, body, keyName)));
    else if (section === 'parts' || section === 'profiles')
      items.push(...Object.entries(value as object).map(([key, body]) => ({ section, key, body: body as unknown })));
    else settings[section] = value;
  }
  return items;
}

/** Joins the items into a document for the schemas. */
export function fromItems(items: readonly ConfigItem[]): Record<string, unknown> {
  const settings = items.find(({ section, key }) => section === SETTINGS.section && key === SETTINGS.key)?.body ?? {};
  const document: Record<string, unknown> = { version: 1, ...settings };
  for (const { section, key, body } of items) {
    if (KEY_OF[section] !== undefined) document[section] = [...((document[section] ?? []) as unknown[]), body];
    else if (section !== SETTINGS.section) document[section] = { ...(document[section] ?? {}), [key]: body };
  }
  return document;
}

function item(section: string, body: Record<string, unknown>, keyName: string): ConfigItem {
  return { section, key: String(body[keyName]), body };
}

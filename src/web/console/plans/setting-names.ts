import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FormWords } from '../../texts/form.js';
import { changeTexts } from './change-texts.js';

/** The words of the forms of other pages, loaded when such an item has changed. */
const catalogues: Record<string, () => Promise<FormWords['fields']>> = {
  settings: async () => (await import('../settings/texts.js')).texts.form.fields,
  callbacks: async () => (await import('../settings/texts.js')).texts.callbackForm.fields,
  handsets: async () => (await import('../handsets/texts.js')).texts.form.fields,
  queues: async () => (await import('../queues/texts.js')).texts.form.fields,
  trunks: async () => (await import('../trunks/texts.js')).texts.form.fields,
  webhooks: async () => (await import('../integrations/texts.js')).texts.webhooks.fields,
  operators: async () => (await import('../people/texts.js')).texts.form.fields,
};
const loaded = signal<Readonly<Record<string, FormWords['fields']>>>({});

async function load(section: string): Promise<void> {
  const fields = await catalogues[section]?.();
  if (fields !== undefined) loaded.value = { ...loaded.value, [section]: fields };
}

/** The names of the settings of a section, as its form has them. A name without words stays as it is. */
export function useSettingNames(section: string): (name: string) => string {
  useEffect(() => void load(section), [section]);
  const fields = loaded.value[section] ?? {};
  return (name) => fields[name]?.[0] ?? changeTexts.lineSettings[name] ?? name;
}

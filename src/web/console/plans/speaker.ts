import { computed, signal } from '@preact/signals';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { session } from '../session.js';
import { store } from './draft-store.js';
import type { Forms } from './form-model.js';
import type { Speaker } from './sentence.js';
import { texts } from './texts.js';
import type { FieldKind } from './types.js';

const forms = signal<Forms>(new Map());

/** Loads the forms of the actions, once. @returns false when they cannot be loaded */
export async function loadForms(): Promise<boolean> {
  if (forms.value.size > 0) return true;
  const outcome = await api.get('/api/v1/plan-actions');
  if (outcome.ok) forms.value = new Map(outcome.data.actions.map((form) => [form.name, form]));
  return outcome.ok;
}

/** Names of what plans refer to, by `kind id`. */
const names = computed(() => {
  const found = new Map<string, string>();
  for (const { section, key, body } of store.items.value ?? []) {
    const item = body as { name?: string; display_name?: string } | null;
    if (section === 'prompts') found.set(`prompt ${key}`, item?.name ?? key);
    if (section === 'queues') found.set(`queue ${key}`, item?.name ?? key);
    if (section === 'handsets') found.set(`handset ${key}`, handsetTitle(key, item?.display_name));
    if (section === 'parts') found.set(`part ${key}`, key);
    if (section === 'profiles') found.set(`profile ${key}`, key);
  }
  return found.set('profile telfa', 'telfa');
});

/** The operator's name when a handset has one, as on the other pages. */
function handsetTitle(name: string, displayName = ''): string {
  const title = session.handsets.find((handset) => handset.name === name)?.title;
  if (title !== undefined && title !== '') return title;
  return displayName === '' ? name : displayName;
}

function nameOf(kind: FieldKind, id: string | number): string | undefined {
  if (kind === 'phone_number') return groupDigits(String(id));
  return names.value.get(`${kind} ${id}`);
}

/** Says plans in the language of the page. */
export const speaker = computed((): Speaker => ({ forms: forms.value, words: texts, nameOf }));

/** What a field can refer to, with names. */
export function choicesOf(kind: FieldKind): { value: string; name: string }[] {
  return [...names.value].flatMap(([place, name]) =>
    place.startsWith(`${kind} `) ? [{ value: place.slice(kind.length + 1), name }] : [],
  );
}

/** A line as people call it. */
export function lineTitle({ number, name = '' }: { number: string; name?: string | undefined }): string {
  return name === '' ? groupDigits(number) : name;
}

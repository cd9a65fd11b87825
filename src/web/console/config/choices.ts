import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { session } from '../session.js';
import { pageLanguage } from '../texts.js';
import type { Option } from '../ui/field.js';
import { configItems } from './items.js';
import type { ChoiceKind } from './field-spec.js';

/** An option that can be heard. */
export interface HeardOption extends Option {
  /** Path of its audio. */
  audio?: string | undefined;
}

const LOADED = ['prompt', 'queue', 'handset', 'music', 'profile', 'base', 'trunk'] as const;
type Loaded = (typeof LOADED)[number];

function isLoadedKind(kind: ChoiceKind): kind is Loaded {
  return (LOADED as readonly unknown[]).includes(kind);
}

const loaded = signal<Partial<Record<Loaded, HeardOption[]>>>({});

/** The options of a kind; those of the company are loaded when a form opens. */
export function useChoices(kind: ChoiceKind): readonly HeardOption[] {
  const isLoaded = isLoadedKind(kind);
  useEffect(() => {
    if (!isLoaded) return;
    void loaders[kind]().then((options) => {
      if (options !== undefined) loaded.value = { ...loaded.value, [kind]: options };
    });
  }, [isLoaded ? kind : '']);
  if (isLoaded) return loaded.value[kind] ?? known[kind]?.() ?? [];
  if (kind === 'line') return session.lines.map(lineOption);
  if (typeof kind === 'object') return kind.map((value) => ({ value, name: value }));
  return fixedOptions(kind);
}

const known: Partial<Record<Loaded, () => HeardOption[]>> = {
  queue: () => session.queues.map(({ id, name }) => ({ value: String(id), name })),
  handset: () => session.handsets.map(({ name, title }) => ({ value: name, name: title })),
};

function lineOption({ number, name }: (typeof session.lines)[number]): Option {
  return { value: number, name: name === '' ? groupDigits(number) : `${name} · ${groupDigits(number)}` };
}

const loaders: Record<Loaded, () => Promise<HeardOption[] | undefined>> = {
  async prompt() {
    const outcome = await api.get('/api/v1/prompts');
    return outcome.ok
      ? outcome.data.prompts.map(({ id, name, audio }) => ({
          value: String(id),
          name: `${id} · ${name}`,
          audio: audio[0]?.url,
        }))
      : undefined;
  },
  async music() {
    const outcome = await api.get('/api/v1/music');
    return outcome.ok
      ? outcome.data.music.map(({ name, title, audio }) => ({
          value: name,
          name: title === '' ? name : title,
          audio: audio[0]?.url,
        }))
      : undefined;
  },
  profile: async () => profilesWith(['telfa']),
  base: async () => profilesWith(['telfa', 'gootax']),
  async queue() {
    const outcome = await configItems.list('queues');
    return outcome.ok
      ? outcome.data.map(({ key, body }) => ({ value: key, name: (body as { name: string }).name }))
      : undefined;
  },
  async trunk() {
    const outcome = await configItems.list('trunks');
    return outcome.ok
      ? outcome.data.map(({ key, body }) => ({ value: key, name: (body as { title?: string }).title ?? key }))
      : undefined;
  },
  async handset() {
    const [handsets, people] = await Promise.all([configItems.list('handsets'), configItems.list('operators')]);
    if (!handsets.ok || !people.ok) return undefined;
    const users = people.data.map(({ body }) => body as { name: string; handset?: string });
    return handsets.data.map(({ key, body }) => {
      const user = users.find(({ handset }) => handset === key)?.name;
      const title = user ?? (body as { display_name?: string }).display_name ?? '';
      return { value: key, name: title === '' || title === key ? key : `${title} (${key})` };
    });
  },
};

/** The profiles of the company, after built-in ones. */
async function profilesWith(builtIn: readonly string[]): Promise<HeardOption[] | undefined> {
  const outcome = await configItems.list('profiles');
  if (!outcome.ok) return undefined;
  return [...new Set([...builtIn, ...outcome.data.map(({ key }) => key)])].map((value) => ({ value, name: value }));
}

const fixed = new Map<string, Option[]>();

function fixedOptions(kind: 'language' | 'country' | 'timeZone'): Option[] {
  const options =
    fixed.get(kind) ??
    (kind === 'timeZone'
      ? Intl.supportedValuesOf('timeZone').map((value) => ({ value, name: value }))
      : codesWithNames(kind === 'country' ? 'region' : 'language'));
  fixed.set(kind, options);
  return options;
}

/** Two-letter codes that have a name, by name. */
function codesWithNames(type: 'region' | 'language'): Option[] {
  const names = new Intl.DisplayNames(pageLanguage, { type, fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes
    .map((code) => (type === 'region' ? code.toUpperCase() : code))
    .flatMap((value) => {
      const name = names.of(value);
      return name === undefined || name === value ? [] : [{ value, name: `${name} (${value})` }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, pageLanguage));
}

/** The name of an option; its value where there is none. */
export function nameOfOption(options: readonly Option[], value: string): string {
  return options.find((option) => option.value === value)?.name ?? value;
}

import { groupDigits } from '../format.js';
import { store } from './draft-store.js';
import { texts } from './texts.js';

/** An item of the configuration as people call it: `Line Sales`, `Part menu`. */
export function itemTitle({ section, key }: { section: string; key: string }): string {
  const kind = texts.sections[section] ?? section;
  if (section === 'settings') return kind;
  const body = store.items.value?.find((item) => item.section === section && item.key === key)?.body;
  const { name, title } = (Array.isArray(body) ? {} : (body ?? {})) as { name?: unknown; title?: unknown };
  const own = [name, title].find((each) => typeof each === 'string' && each !== '') as string | undefined;
  const shown = section === 'lines' ? groupDigits(key) : key;
  return `${kind} ${own ?? shown}`;
}

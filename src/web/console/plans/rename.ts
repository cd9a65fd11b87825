import type { Forms } from './form-model.js';
import { planOf, withPlan, type Item, type ItemChange } from './items.js';
import { partsIn, withPartRenamed } from './references.js';
import type { Line, Plan } from './types.js';

/** What is asked for: the name of a new line or part, or another one. */
export interface NameTask {
  section: 'lines' | 'parts';
  does: 'add' | 'rename' | 'copy';
  /** Of the item that is renamed or copied. */
  key?: string;
}

/** The key of an item (the number of a line), and the name of a line. */
export interface NamedItem {
  key: string;
  name: string;
}

const PART_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u;
const NUMBER = /^\+\d{6,15}$/;

/** What is wrong with a key. */
export function nameProblem(
  { section, key: present }: Pick<NameTask, 'section' | 'key' | 'does'>,
  { key }: NamedItem,
  taken: ReadonlySet<string>,
): 'taken' | 'badName' | 'badNumber' | undefined {
  const wanted = keyOf(section, key);
  if (section === 'lines' && !NUMBER.test(wanted)) return 'badNumber';
  if (section === 'parts' && !PART_NAME.test(wanted)) return 'badName';
  return taken.has(wanted) && wanted !== present ? 'taken' : undefined;
}

/** The changes that add, copy or rename a line or part. A renamed part keeps its name everywhere. */
export function itemChanges(forms: Forms, items: readonly Item[], task: NameTask, wanted: NamedItem): ItemChange[] {
  const { section, does, key: present } = task;
  const key = keyOf(section, wanted.key);
  const position = items.filter((item) => item.section === section).findIndex((item) => item.key === present);
  const source = items.find((item) => item.section === section && item.key === present);
  if (does !== 'rename' || source === undefined) return [{ section, key, body: newBody(section, source, wanted, key) }];
  if (section === 'lines') return renamedLine(source, { key, name: wanted.name }, position);
  if (key === present) return [];
  const renamed = (plan: Plan) => withPartRenamed(forms, plan, source.key, key);
  const users = items.filter((item) => usesPart(forms, item, source.key) && item !== source);
  return [
    { section, key: source.key },
    { section, key, body: renamed(planOf(source)), position },
    ...users.map((item) => ({ section: item.section, key: item.key, body: withPlan(item, renamed(planOf(item))) })),
  ];
}

function usesPart(forms: Forms, item: Item, part: string): boolean {
  return (item.section === 'lines' || item.section === 'parts') && partsIn(forms, planOf(item)).has(part);
}

function renamedLine({ section, key: present, body }: Item, { key, name }: NamedItem, position: number): ItemChange[] {
  const line: Line = { ...(body as Line), number: key, name };
  if (name === '') Reflect.deleteProperty(line, 'name');
  if (key === present) return [{ section, key, body: line }];
  return [
    { section, key: present },
    { section, key, body: line, position },
  ];
}

function newBody(section: NameTask['section'], source: Item | undefined, { name }: NamedItem, key: string): unknown {
  if (section === 'parts') return source === undefined ? [] : planOf(source);
  const copied = source === undefined ? { plan: ['answer'] } : (source.body as Line);
  return name === '' ? { ...copied, number: key } : { ...copied, number: key, name };
}

/** Numbers are typed with spaces, and so are names: a part has a hyphen in their place. */
export function keyOf(section: NameTask['section'], typed: string): string {
  return section === 'lines' ? typed.replaceAll(/[\s()./-]/g, '') : typed.trim().replaceAll(/\s+/g, '-');
}

import { fieldValue, formOf, OFFICE_HOURS, settingsOf, type Forms } from './form-model.js';
import type { Hours } from './hours/hours.js';
import { planOf, type Item, type Section } from './items.js';
import { walkPlan } from './operations.js';
import type { FieldKind, FormField } from './types.js';

/** What new steps begin with: a person mostly adds a queue, a part or an address in order to use it next. */

const REFERENCES: Partial<Record<FieldKind, Section>> = {
  prompt: 'prompts',
  prompts: 'prompts',
  queue: 'queues',
  handset: 'handsets',
  part: 'parts',
};

/** Kinds of what is usually used in one place: the only one without a use is probably meant. */
const USED_ONCE: ReadonlySet<FieldKind> = new Set(['queue', 'part'] satisfies FieldKind[]);

/** The value that a required setting of a new step begins with; undefined when none is more probable than others. */
export function probableValue(items: readonly Item[], forms: Forms, { kind }: Pick<FormField, 'kind'>): unknown {
  const used = usesOf(items, forms, kind).map(String);
  if (kind === 'url') return only([...new Set(used)]);
  const section = REFERENCES[kind];
  const keys = items.filter((item) => item.section === section).map(({ key }) => key);
  const key = only(keys) ?? (USED_ONCE.has(kind) ? only(keys.filter((each) => !used.includes(each))) : undefined);
  return key === undefined || kind === 'part' || kind === 'handset' ? key : Number(key);
}

/** The hours of another step, as most steps of a company have the same; else office hours. */
export function usualHours(items: readonly Item[], forms: Forms): Hours {
  const [first] = usesOf(items, forms, 'hours');
  return (first as Hours | undefined) ?? OFFICE_HOURS;
}

/** The values of all settings of a kind in the plans. */
function usesOf(items: readonly Item[], forms: Forms, kind: FieldKind): unknown[] {
  return items
    .filter(({ section }) => section === 'lines' || section === 'parts')
    .flatMap((item) => [...walkPlan(forms, planOf(item))])
    .flatMap(({ action }) => {
      const form = formOf(forms, action);
      const settings = settingsOf(form, action);
      return form.fields.filter((field) => field.kind === kind).map((field) => fieldValue(field, settings));
    })
    .filter((value) => value !== undefined && !isEmpty(value));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function only<T>(values: readonly T[]): T | undefined {
  return values.length === 1 ? values[0] : undefined;
}

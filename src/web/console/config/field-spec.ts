import type { DurationUnit } from '../ui/duration.js';

/** A property of an item and its control. Pages draw their forms from lists of these, and a test finds every property in one of them. */
export type FieldSpec = {
  /** In the item, such as `announce.every`. */
  path: string;
  /** Value of a property that is left out, as in the document. */
  fallback?: string | number | boolean | undefined;
} &
  /** `suggests`: values of the company's, beside which others can be written. */
  (
    | { kind: 'text'; maxLength?: number; type?: 'text' | 'url' | 'email' | 'tel' | 'time'; suggests?: ChoiceKind }
    | { kind: 'number'; min?: number; max?: number; step?: 'any'; unit?: 'days' | 'seconds' }
    | { kind: 'duration'; units?: readonly DurationUnit[] }
    | { kind: 'check' }
    | { kind: 'select' | 'radio'; options: readonly string[] }
    | { kind: 'choice'; of: ChoiceKind }
    | { kind: 'lines' }
    | { kind: 'choices'; of: ChoiceKind; options?: readonly string[]; isNumber?: true }
    /** Names with a value each. */
    | { kind: 'table'; of: 'text' | 'number' | ChoiceKind | readonly string[] }
    /** Switches a group of settings on. Fields below its path are shown while it is on. */
    | { kind: 'switch'; initial: object }
    /** Things with a name each; `fields` are the properties of one of them. `suggests`: names of the company's. */
    | { kind: 'rows'; fields: readonly FieldSpec[]; suggests?: ChoiceKind }
    /** Drawn by the page itself; `inside` are the properties of one of its entries. */
    | { kind: 'own'; inside?: readonly FieldSpec[] }
  );

/** Stands in a path for the name of one entry: `trunks.*.per_minute`. */
export const ANY_NAME = '*';

/** The specs at the place of one entry: `per_minute` becomes `trunks.provider.per_minute`. */
export function specsAt(fields: readonly FieldSpec[], place: string): FieldSpec[] {
  return fields.map((field) => ({ ...field, path: `${place}.${field.path}` }));
}

/** What a field offers to choose from. */
export type ChoiceKind =
  | 'prompt'
  | 'queue'
  | 'handset'
  | 'line'
  | 'trunk'
  | 'music'
  | 'profile'
  | 'base'
  | 'language'
  | 'country'
  | 'timeZone'
  | readonly string[];

/** The specs without those of groups that are off. */
export function shownSpecs(specs: readonly FieldSpec[], isOn: (path: string) => boolean): FieldSpec[] {
  const off = specs.filter(({ kind, path }) => kind === 'switch' && !isOn(path)).map(({ path }) => `${path}.`);
  return specs.filter(({ path }) => !off.some((group) => path.startsWith(group)));
}

import { fieldValue, formOf, settingsOf, writeAction, type Forms } from './form-model.js';
import type { ItemChange } from './items.js';
import { insertAction, listAt, mapPlan, placeOf, removeAction } from './operations.js';
import { freeName } from './references.js';
import type { Action, Plan } from './types.js';

/** The step that continues with a part. */
export function goingTo(forms: Forms, part: string): Action | undefined {
  for (const form of forms.values()) {
    const field = form.fields.find(({ kind, required }) => kind === 'part' && required);
    if (field !== undefined) return writeAction(form, { [field.name]: part });
  }
  return undefined;
}

/**
 * Makes a part of a step and those after it in its list, so that other steps can come back to it. Steps inside that do not say yet
 * with which part they continue come back to it.
 * @param title of the step, from which the part gets its name
 * @returns the plan that continues with the part, and the part; undefined when there is no such step
 */
export function partFrom(
  forms: Forms,
  plan: Plan,
  path: string,
  { title, taken }: { title: string; taken: ReadonlySet<string> },
): { plan: Plan; part: ItemChange } | undefined {
  const place = placeOf(path);
  const steps = listAt(forms, plan, place.list)?.slice(place.index) ?? [];
  const name = freeName(partName(title), taken);
  const next = goingTo(forms, name);
  if (steps.length === 0 || next === undefined) return undefined;
  const body = mapPlan(forms, steps, (action) => (goesNowhere(forms, action) ? next : action));
  const before = steps.reduce<Plan>((left) => removeAction(forms, left, path), plan);
  return { plan: insertAction(forms, before, place, next), part: { section: 'parts', key: name, body } };
}

/** Whether a step does not say yet with which part it continues. */
export function goesNowhere(forms: Forms, action: Action | undefined): boolean {
  if (action === undefined) return false;
  const form = formOf(forms, action);
  const field = form.fields.find(({ kind, required }) => kind === 'part' && required);
  return field !== undefined && typeof fieldValue(field, settingsOf(form, action)) !== 'string';
}

function partName(title: string): string {
  const name = title
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, 40);
  return name === '' ? 'part' : name;
}

/** Whether nothing can follow at the end of a plan: it hangs up, or continues with a part. */
export function isEnd(forms: Forms, plan: Plan): boolean {
  const last = plan.at(-1);
  if (last === undefined) return false;
  const form = formOf(forms, last);
  const settings = settingsOf(form, last);
  return (
    form.name === 'hang_up' || form.fields.some(({ kind, name }) => kind === 'part' && settings[name] !== undefined)
  );
}

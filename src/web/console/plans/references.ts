import { fieldValue, formOf, settingsOf, withField, type Forms } from './form-model.js';
import { mapPlan, walkPlan } from './operations.js';
import type { Action, Plan } from './types.js';

/** The part that an action continues in, if any. */
function partOf(forms: Forms, action: Action): string | undefined {
  const form = formOf(forms, action);
  const field = form.fields.find(({ kind }) => kind === 'part');
  const value = field && fieldValue(field, settingsOf(form, action));
  return typeof value === 'string' ? value : undefined;
}

/** Names of the parts that a plan goes to itself. */
export function partsIn(forms: Forms, plan: Plan): Set<string> {
  const names = [...walkPlan(forms, plan)].map(({ action }) => partOf(forms, action));
  return new Set(names.filter((name) => name !== undefined));
}

/** The plan with another name for a part. */
export function withPartRenamed(forms: Forms, plan: Plan, from: string, to: string): Plan {
  return mapPlan(forms, plan, (action) => {
    const form = formOf(forms, action);
    const field = form.fields.find(({ kind }) => kind === 'part');
    return field !== undefined && partOf(forms, action) === from ? withField(form, action, field, to) : action;
  });
}

/** A free name such as `menu-2`. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const base = wanted.replace(/-\d+$/, '');
  for (let number = 2; ; number += 1) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}

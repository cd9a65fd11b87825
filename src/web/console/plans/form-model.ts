import type { Action, ActionForm, FormField, Plan } from './types.js';

/** The settings of an action by name, in the notation of the document; under `''` the only one of an action without names. */
export type Settings = Readonly<Record<string, unknown>>;

/** A list of actions inside an action. `path`: below the action, such as `menu/keys/9`. */
export interface Branch {
  path: string;
  setting: string;
  /** The key that leads to it; undefined for a branch without one. */
  key?: string;
  actions: Plan;
}

/** The forms of the actions by name. */
export type Forms = ReadonlyMap<string, ActionForm>;

/** A value as text; an object as JSON. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? '' : JSON.stringify(value);
}

export function actionName(action: Action): string {
  return typeof action === 'string' ? action : (Object.keys(action)[0] ?? '');
}

/** An action that is not known has no form: it is shown by its name and kept as it is. */
export function formOf(forms: Forms, action: Action): ActionForm {
  const name = actionName(action);
  return (
    forms.get(name) ?? { name, fields: [], branches: [], bare: null, stands_alone: true, waits: false, ends: false }
  );
}

function isNameless({ fields }: ActionForm): boolean {
  return fields.some(({ name }) => name === '');
}

export function settingsOf(form: ActionForm, action: Action): Settings {
  const written = typeof action === 'string' ? undefined : action[form.name];
  if (isNameless(form)) return written === undefined || written === null ? {} : { '': written };
  if (written === undefined || written === null) return {};
  if (typeof written === 'object' && !Array.isArray(written)) return written as Settings;
  return form.bare === null ? {} : { [form.bare]: written };
}

/** Writes an action with the settings. */
export function writeAction(form: ActionForm, settings: Settings): Action {
  if (isNameless(form)) return { [form.name]: settings[''] ?? null };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  if (given.length === 0 && form.stands_alone) return form.name;
  return { [form.name]: Object.fromEntries(given) };
}

/** The value of a field; undefined when it is not set. */
export function fieldValue({ name, settings: parts }: FormField, settings: Settings): unknown {
  if (parts === undefined) return settings[name];
  return Object.fromEntries(parts.filter((part) => settings[part] !== undefined).map((part) => [part, settings[part]]));
}

/** The action with another value of a field. Without a value the setting is left out. */
export function withField(form: ActionForm, action: Action, field: FormField, value: unknown): Action {
  const settings: Record<string, unknown> = { ...settingsOf(form, action) };
  if (field.settings !== undefined) {
    for (const part of field.settings) settings[part] = (value as Settings | undefined)?.[part];
    return writeAction(form, settings);
  }
  settings[field.name] = value;
  for (const other of form.fields)
    if (field.one_of !== undefined && value !== undefined && other.one_of === field.one_of && other !== field)
      settings[other.name] = undefined;
  return writeAction(form, settings);
}

/** Digits in the order of a telephone's keypad; an object would put them before `*` and `#` anyway, but not those in order. */
const KEYPAD = '1234567890*#';

function byKeypad([a]: [string, unknown], [b]: [string, unknown]): number {
  return KEYPAD.indexOf(a) - KEYPAD.indexOf(b);
}

/** The lists of actions inside an action, in the order of its form. */
export function branchesOf(form: ActionForm, action: Action): Branch[] {
  const settings = settingsOf(form, action);
  return form.branches.flatMap(({ name: setting, by_key: byKey }): Branch[] => {
    const inside = settings[setting];
    const path = `${form.name}/${setting}`;
    if (Array.isArray(inside)) return [{ path, setting, actions: inside as Action[] }];
    if (!byKey || typeof inside !== 'object' || inside === null) return [];
    return Object.entries(inside as Record<string, Plan>)
      .sort(byKeypad)
      .map(([key, actions]) => ({ path: `${path}/${key}`, setting, key, actions }));
  });
}

/** The action with another list of actions in a branch; undefined removes the branch. */
export function withBranch(
  form: ActionForm,
  action: Action,
  { setting, key }: Pick<Branch, 'setting' | 'key'>,
  actions: Plan | undefined,
): Action {
  const settings: Record<string, unknown> = { ...settingsOf(form, action) };
  if (key === undefined) settings[setting] = actions;
  else {
    const lists: Record<string, Plan | undefined> = { ...(settings[setting] as Record<string, Plan> | undefined) };
    if (actions === undefined) Reflect.deleteProperty(lists, key);
    else lists[key] = actions;
    settings[setting] = lists;
  }
  return writeAction(form, settings);
}

/** The keys of a telephone that have no branch yet. */
export function freeKeys(form: ActionForm, action: Action, setting: string): string[] {
  const taken = branchesOf(form, action).flatMap((branch) => (branch.setting === setting ? [branch.key] : []));
  return Array.from(KEYPAD).filter((key) => !taken.includes(key));
}

/**
 * A new action with the probable values of its required settings.
 * @param probable the value that a field begins with; undefined for none
 * @param hours what opening hours begin with
 */
export function newAction(form: ActionForm, probable: (field: FormField) => unknown, hours: object): Action {
  const settings: Record<string, unknown> = {};
  for (const field of form.fields) {
    if (field.settings !== undefined) Object.assign(settings, hours);
    else if (field.required) settings[field.name] = probable(field);
  }
  for (const { name, by_key: byKey, required } of form.branches)
    if (required) settings[name] = byKey ? { '1': [] } : [];
  return writeAction(form, settings);
}

/** Where hours begin: Monday to Friday. */
export const OFFICE_HOURS = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '08:00', to: '16:00' }]])),
};

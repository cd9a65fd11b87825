import { isEqual } from '../config/values.js';
import { actionName, branchesOf, fieldValue, formOf, settingsOf, type Branch } from './form-model.js';
import { actionLabel, actionSentence, branchName, valueInWords, type Speaker } from './sentence.js';
import type { Action, ActionForm, FormField, Plan } from './types.js';

/** One difference between two plans, in words. */
export interface PlanChange {
  /** The way to the place: `Menu`, `9`. */
  way: string[];
  change: 'added' | 'removed' | 'changed';
  /** The action, as a sentence. */
  what: string;
  /** Changed settings. */
  settings: SettingChange[];
}

export interface SettingChange {
  field: FormField;
  before: unknown;
  after: unknown;
}

/** What differs between two plans, in their order. */
export function diffPlans(speaker: Speaker, before: Plan, after: Plan, way: string[] = []): PlanChange[] {
  return pairs(before, after).flatMap(([was, is]): PlanChange[] => {
    if (was !== undefined && is !== undefined) return diffActions(speaker, was, is, way);
    if (is !== undefined) return [{ way, change: 'added', what: actionSentence(speaker, is), settings: [] }];
    return was === undefined ? [] : [{ way, change: 'removed', what: actionSentence(speaker, was), settings: [] }];
  });
}

function diffActions(speaker: Speaker, was: Action, is: Action, way: string[]): PlanChange[] {
  const form = formOf(speaker.forms, is);
  const settings = diffSettings(form, was, is);
  const own: PlanChange[] =
    settings.length === 0 ? [] : [{ way, change: 'changed', what: actionSentence(speaker, is), settings }];
  const inside = [...way, actionLabel(speaker, form.name)];
  const [before, after] = [branchesOf(form, was), branchesOf(form, is)];
  const at = (branches: Branch[], path: string) => branches.find((branch) => branch.path === path);
  const paths = [...new Set([...before, ...after].map(({ path }) => path))];
  const ofBranches = paths.flatMap((path): PlanChange[] => {
    const [old, fresh] = [at(before, path), at(after, path)];
    const branch = fresh ?? old;
    if (branch === undefined) return [];
    const within = [...inside, branchName(speaker, branch)];
    // An empty branch has no action that could be named.
    if ((old === undefined) !== (fresh === undefined) && branch.actions.length === 0)
      return [
        { way: inside, change: old === undefined ? 'added' : 'removed', what: within.at(-1) ?? '', settings: [] },
      ];
    return diffPlans(speaker, old?.actions ?? [], fresh?.actions ?? [], within);
  });
  return [...own, ...ofBranches];
}

function diffSettings(form: ActionForm, was: Action, is: Action): SettingChange[] {
  const [before, after] = [settingsOf(form, was), settingsOf(form, is)];
  return form.fields.flatMap((field) => {
    const [old, fresh] = [fieldValue(field, before), fieldValue(field, after)];
    const usual = (value: unknown) => value ?? field.default;
    return isEqual(usual(old), usual(fresh)) ? [] : [{ field, before: old, after: fresh }];
  });
}

/** Pairs the actions of two lists: equal ones first, then those of one kind between them. */
function pairs(before: Plan, after: Plan): [Action | undefined, Action | undefined][] {
  const result: [Action | undefined, Action | undefined][] = [];
  let [from, to] = [0, 0];
  for (const [i, j] of [...commonActions(before, after), [before.length, after.length] as const]) {
    result.push(...byKind(before.slice(from, i), after.slice(to, j)));
    if (i < before.length) result.push([before[i], after[j]]);
    [from, to] = [i + 1, j + 1];
  }
  return result;
}

function byKind(before: Plan, after: Plan): [Action | undefined, Action | undefined][] {
  const left = [...before];
  const result = after.map((action): [Action | undefined, Action | undefined] => {
    const at = left.findIndex((other) => actionName(other) === actionName(action));
    return [at === -1 ? undefined : left.splice(at, 1)[0], action];
  });
  return [...left.map((action): [Action, undefined] => [action, undefined]), ...result];
}

/** Positions of equal actions: the longest common subsequence. */
export function commonActions(
  before: Plan,
  after: Plan,
  areEqual: (a: Action, b: Action) => boolean = isEqual,
): (readonly [number, number])[] {
  const match = (i: number, j: number) => areEqual(before[i] ?? '', after[j] ?? '');
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined) row[j] = match(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const found: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (match(i, j)) found.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

/** "30s → 45s"; `none` in place of a value that is not set. */
export function settingInWords(speaker: Speaker, { field, before, after }: SettingChange, none: string): string {
  const say = (value: unknown) => (value === undefined ? none : valueInWords(speaker, field, value));
  return `${say(before ?? field.default)} → ${say(after ?? field.default)}`;
}

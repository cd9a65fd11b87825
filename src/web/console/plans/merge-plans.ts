import { isEqual } from '../config/values.js';
import {
  actionName,
  branchesOf,
  formOf,
  settingsOf,
  withBranch,
  writeAction,
  type Branch,
  type Forms,
} from './form-model.js';
import type { Section } from './items.js';
import { walkPlan } from './operations.js';
import { commonActions } from './plan-diff.js';
import type { Action, ActionForm, Plan } from './types.js';

/** Two people have changed the same step, or the order of the steps cannot be known. */
class Clash extends Error {}

/**
 * Merges what two people have made of the body of a line or part, step by step and setting by setting.
 * @returns undefined when their changes do not fit together
 */
export function mergeBodies(forms: Forms, section: Section, base: unknown, a: unknown, b: unknown): unknown {
  if ([base, a, b].some((body) => body === null || body === undefined)) return undefined;
  try {
    if (section === 'parts') return mergePlans(forms, base as Plan, a as Plan, b as Plan);
    return section === 'lines' ? mergeLines(forms, base as Settings, a as Settings, b as Settings) : undefined;
  } catch (error) {
    if (error instanceof Clash) return undefined;
    throw error;
  }
}

type Settings = Readonly<Record<string, unknown>>;

function mergeLines(forms: Forms, base: Settings, a: Settings, b: Settings): Settings {
  const [plan, ...plans] = [base, a, b].map((line) => line['plan'] as Plan);
  const merged = mergeSettings(base, a, b, ['plan']);
  return { ...merged, plan: mergePlans(forms, plan ?? [], plans[0] ?? [], plans[1] ?? []) };
}

/** @throws {Clash} */
function mergePlans(forms: Forms, base: Plan, a: Plan, b: Plan): Plan {
  const merged = mergeLists(forms, base, a, b);
  refuseDoubles(forms, { base, a, b, merged });
  return merged;
}

/**
 * A step that one has moved and the other has removed or moved as well would be there again, or twice.
 * @throws {Clash}
 */
function refuseDoubles(forms: Forms, plans: { base: Plan; a: Plan; b: Plan; merged: Plan }): void {
  const count = (plan: Plan) => {
    const counts = new Map<string, number>();
    for (const { action } of walkPlan(forms, plan)) {
      const id = JSON.stringify(normal(forms, action));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };
  const [base, a, b, merged] = [plans.base, plans.a, plans.b, plans.merged].map(count);
  for (const [id, before] of base ?? []) {
    const [mine = 0, theirs = 0, now = 0] = [a, b, merged].map((counts) => counts?.get(id) ?? 0);
    const isAlike = mine === theirs && now === mine;
    if (!isAlike && now !== mine + theirs - before) throw new Clash();
  }
}

/** What somebody has made of a list: of each of its steps, and what is new before each and at the end. */
interface Edited {
  /** Undefined: removed. */
  steps: (Action | undefined)[];
  added: Plan[];
}

function mergeLists(forms: Forms, base: Plan, a: Plan, b: Plan): Plan {
  if (isSame(forms, b, base)) return a;
  if (isSame(forms, a, base)) return b;
  const [mine, theirs] = [editedFrom(forms, base, a), editedFrom(forms, base, b)];
  const added = mine.added.map((list, gap) => mergeAdded(forms, list, theirs.added[gap] ?? []));
  const steps = base.map((step, index) => mergeStep(forms, step, mine.steps[index], theirs.steps[index]));
  return added.flatMap((list, gap) => [...list, ...(steps[gap] ?? [])]);
}

function mergeAdded(forms: Forms, a: Plan, b: Plan): Plan {
  if (b.length === 0 || isSame(forms, a, b)) return a;
  if (a.length === 0) return b;
  throw new Clash();
}

/** @returns one step, or none */
function mergeStep(forms: Forms, base: Action, a: Action | undefined, b: Action | undefined): Plan {
  if (a === undefined || b === undefined) {
    const left = a ?? b;
    if (left !== undefined && !isSame(forms, [left], [base])) throw new Clash();
    return [];
  }
  if (isSame(forms, [b], [base]) || isSame(forms, [a], [b])) return [a];
  if (isSame(forms, [a], [base])) return [b];
  return [mergeActions(forms, base, a, b)];
}

function mergeActions(forms: Forms, base: Action, a: Action, b: Action): Action {
  const form = formOf(forms, base);
  const lists = form.branches.map(({ name }) => name);
  const [before, mine, theirs] = [settingsOf(form, base), settingsOf(form, a), settingsOf(form, b)];
  const merged = mergeSettings(before, mine, theirs, lists);
  refuseTwoOfOne(form, merged);
  const empty = Object.fromEntries(
    lists.filter((name) => name in mine || name in theirs).map((name) => [name, undefined]),
  );
  const own = writeAction(form, { ...empty, ...merged, ...emptyKeys(form, mine, theirs) });
  return mergeBranches(forms, form, { base, a, b }).reduce<Action>(
    (action, { branch, actions }) => withBranch(form, action, branch, actions),
    own,
  );
}

/** A menu without keys has an empty list of them. */
function emptyKeys({ branches }: ActionForm, a: Settings, b: Settings): Settings {
  const byKey = branches.filter(({ name, by_key: isByKey }) => isByKey && name in a && name in b);
  return Object.fromEntries(byKey.map(({ name }) => [name, {}]));
}

/** Both have chosen another one of settings that exclude each other. */
function refuseTwoOfOne({ fields }: ActionForm, settings: Settings): void {
  const groups = fields.flatMap(({ name, one_of: group }) =>
    group !== undefined && settings[name] !== undefined ? [group] : [],
  );
  if (new Set(groups).size < groups.length) throw new Clash();
}

function mergeBranches(
  forms: Forms,
  form: ActionForm,
  { base, a, b }: Record<'base' | 'a' | 'b', Action>,
): { branch: Branch; actions: Plan }[] {
  const [before, mine, theirs] = [base, a, b].map((action) => branchesOf(form, action));
  const all = new Map([...(before ?? []), ...(mine ?? []), ...(theirs ?? [])].map((branch) => [branch.path, branch]));
  const at = (branches: Branch[] | undefined, path: string) => branches?.find((each) => each.path === path)?.actions;
  return [...all.values()].flatMap((branch) => {
    const { path } = branch;
    const actions = mergeBranch(forms, at(before, path), at(mine, path), at(theirs, path));
    return actions === undefined ? [] : [{ branch, actions }];
  });
}

function mergeBranch(forms: Forms, base: Plan | undefined, a: Plan | undefined, b: Plan | undefined): Plan | undefined {
  const same = (one: Plan | undefined, other: Plan | undefined) =>
    one === undefined || other === undefined ? one === other : isSame(forms, one, other);
  if (same(b, base) || same(a, b)) return a;
  if (same(a, base)) return b;
  if (base === undefined || a === undefined || b === undefined) throw new Clash();
  return mergeLists(forms, base, a, b);
}

/** @param except settings that are merged otherwise @throws {Clash} */
function mergeSettings(base: Settings, a: Settings, b: Settings, except: readonly string[]): Settings {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !except.includes(name));
  return Object.fromEntries(
    names.flatMap((name) => {
      const [before, mine, theirs] = [base[name], a[name], b[name]];
      const isTheirs = isEqual(mine, before);
      if (!isTheirs && !isEqual(theirs, before) && !isEqual(mine, theirs)) throw new Clash();
      const value = isTheirs ? theirs : mine;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Equal steps stay; between them the steps of one kind are the same step with other settings. */
function editedFrom(forms: Forms, base: Plan, edited: Plan): Edited {
  const result: Edited = { steps: base.map(() => undefined), added: [...base, undefined].map((): Action[] => []) };
  const equal = commonActions(base, edited, (one, other) => isSame(forms, [one], [other]));
  let [from, to] = [0, 0];
  for (const [i, j] of [...equal, [base.length, edited.length] as const]) {
    alignKinds(result, base.slice(from, i), edited.slice(to, j), from);
    if (i < base.length) result.steps[i] = edited[j];
    [from, to] = [i + 1, j + 1];
  }
  return result;
}

function alignKinds(result: Edited, base: Plan, edited: Plan, first: number): void {
  const pairs = commonActions(base, edited, (one, other) => actionName(one) === actionName(other));
  let to = 0;
  for (const [i, j] of [...pairs, [base.length, edited.length] as const]) {
    // After the steps that were removed there.
    const gap = first + i;
    result.added[gap] = [...(result.added[gap] ?? []), ...edited.slice(to, j)];
    if (i < base.length) result.steps[first + i] = edited[j];
    to = j + 1;
  }
}

/** Whether lists of actions do the same: `play: 8` is `play: { prompt: 8 }`. */
function isSame(forms: Forms, a: Plan, b: Plan): boolean {
  return (
    a.length === b.length && a.every((action, index) => isEqual(normal(forms, action), normal(forms, b[index] ?? '')))
  );
}

const normals = new WeakMap<object, Action>();

/** The action in one notation. */
function normal(forms: Forms, action: Action): Action {
  if (typeof action === 'string') return action;
  const known = normals.get(action);
  if (known !== undefined) return known;
  const form = formOf(forms, action);
  const written = branchesOf(form, action).reduce<Action>(
    (outer, branch) =>
      withBranch(
        form,
        outer,
        branch,
        branch.actions.map((each) => normal(forms, each)),
      ),
    writeAction(form, settingsOf(form, action)),
  );
  normals.set(action, written);
  return written;
}

import { branchesOf, formOf, withBranch, type Branch, type Forms } from './form-model.js';
import type { Action, Plan } from './types.js';

/**
 * Changes of a plan. A list of actions is found by its path in the plan: empty for the plan itself, `1/menu/keys/9` for
 * a branch. An action is found by `LIST/INDEX`, as in the pointers of problems and of calls.
 */

export interface Place {
  list: string;
  index: number;
}

export function placeOf(path: string): Place {
  const at = path.lastIndexOf('/');
  return { list: path.slice(0, Math.max(0, at)), index: Number(path.slice(at + 1)) };
}

export function pathOf({ list, index }: Place): string {
  return list === '' ? String(index) : `${list}/${index}`;
}

/** The list of actions at the path; undefined when there is none. */
export function listAt(forms: Forms, plan: Plan, path: string): Plan | undefined {
  const step = firstStep(forms, plan, path);
  return step === undefined ? (path === '' ? plan : undefined) : listAt(forms, step.branch.actions, step.rest);
}

export function actionAt(forms: Forms, plan: Plan, path: string): Action | undefined {
  const { list, index } = placeOf(path);
  return listAt(forms, plan, list)?.[index];
}

/** The plan with a changed list at the path. It is the same when there is no such list. */
function withList(forms: Forms, plan: Plan, path: string, change: (list: Plan) => Plan): Plan {
  if (path === '') return change(plan);
  const step = firstStep(forms, plan, path);
  if (step === undefined) return plan;
  const { index, action, branch, rest } = step;
  const inside = withList(forms, branch.actions, rest, change);
  return plan.with(index, withBranch(formOf(forms, action), action, branch, inside));
}

export function insertAction(forms: Forms, plan: Plan, { list, index }: Place, action: Action): Plan {
  return withList(forms, plan, list, (actions) => actions.toSpliced(index, 0, action));
}

export function removeAction(forms: Forms, plan: Plan, path: string): Plan {
  const { list, index } = placeOf(path);
  return withList(forms, plan, list, (actions) => actions.toSpliced(index, 1));
}

export function changeAction(forms: Forms, plan: Plan, path: string, change: (action: Action) => Action): Plan {
  const { list, index } = placeOf(path);
  return withList(forms, plan, list, (actions) =>
    actions.map((action, at) => (at === index ? change(action) : action)),
  );
}

/**
 * Moves an action to another place, before the action that is there now.
 * @returns the plan, and where the action is now; undefined when it would be moved into itself
 */
export function moveAction(
  forms: Forms,
  plan: Plan,
  from: string,
  to: Place,
): { plan: Plan; path: string } | undefined {
  const action = actionAt(forms, plan, from);
  if (action === undefined || `${to.list}/`.startsWith(`${from}/`)) return undefined;
  const source = placeOf(from);
  const isLater = to.list === source.list && to.index > source.index;
  const target = { list: afterRemoval(to.list, source), index: isLater ? to.index - 1 : to.index };
  const moved = insertAction(forms, removeAction(forms, plan, from), target, action);
  return { plan: moved, path: pathOf(target) };
}

/** The path of a list after an action before it, in an outer list, was removed. */
function afterRemoval(list: string, { list: outer, index }: Place): string {
  const prefix = outer === '' ? '' : `${outer}/`;
  if (!list.startsWith(prefix) || list === outer) return list;
  const [at = '', ...rest] = list.slice(prefix.length).split('/');
  return Number(at) > index ? prefix + [Number(at) - 1, ...rest].join('/') : list;
}

/** The place one step before or after in the same list; out of a branch when it is at its end; undefined at the end of the plan. */
export function neighbour(forms: Forms, plan: Plan, path: string, step: -1 | 1): Place | undefined {
  const { list, index } = placeOf(path);
  const length = listAt(forms, plan, list)?.length ?? 0;
  if (step === -1 && index > 0) return { list, index: index - 1 };
  if (step === 1 && index < length - 1) return { list, index: index + 2 };
  const around = outerAction(list);
  if (around === undefined) return undefined;
  const outer = placeOf(around);
  return step === -1 ? outer : { list: outer.list, index: outer.index + 1 };
}

/** The path of the action that a branch belongs to: `1` for `1/menu/keys/9`. */
export function outerAction(list: string): string | undefined {
  return /^(.*?\d+)\/[a-z_]+\/[a-z_]+(?:\/[0-9*#])?$/.exec(list)?.[1];
}

export function changeBranch(
  forms: Forms,
  plan: Plan,
  path: string,
  at: Pick<Branch, 'setting' | 'key'>,
  actions: Plan | undefined,
): Plan {
  return changeAction(forms, plan, path, (action) => withBranch(formOf(forms, action), action, at, actions));
}

/** Gives the actions of a key to another one. */
export function changeKey(forms: Forms, plan: Plan, path: string, branch: Branch, key: string): Plan {
  const { setting, actions } = branch;
  return changeBranch(forms, changeBranch(forms, plan, path, branch, undefined), path, { setting, key }, actions);
}

/** Every action with its path, outer ones before those inside. */
export function* walkPlan(forms: Forms, plan: Plan, list = ''): Generator<{ path: string; action: Action }> {
  for (const [index, action] of plan.entries()) {
    const path = pathOf({ list, index });
    yield { path, action };
    for (const branch of branchesOf(formOf(forms, action), action))
      yield* walkPlan(forms, branch.actions, `${path}/${branch.path}`);
  }
}

/** The plan with every action replaced, those inside first. */
export function mapPlan(forms: Forms, plan: Plan, change: (action: Action) => Action): Plan {
  return plan.map((action) => {
    const form = formOf(forms, action);
    const inside = branchesOf(form, action).reduce<Action>(
      (outer, branch) => withBranch(form, outer, branch, mapPlan(forms, branch.actions, change)),
      action,
    );
    return change(inside);
  });
}

function firstStep(forms: Forms, plan: Plan, path: string) {
  const [at = '', ...names] = path.split('/');
  const action = plan[Number(at)];
  if (path === '' || action === undefined) return undefined;
  const below = names.join('/');
  const branch = branchesOf(formOf(forms, action), action).find((each) => `${below}/`.startsWith(`${each.path}/`));
  if (branch === undefined) return undefined;
  return { index: Number(at), action, branch, rest: below.slice(branch.path.length + 1) };
}

import type { ActionKind, ActionReport, HandsetLabel, NamedThing } from './actions/action.js';
import { actionKinds, actionName, type Action } from './plan-schema.js';

/** The descriptor facts of one action of a plan. */

/** A nested list of actions and its path below the action: `menu/keys/9`. */
export interface Branch {
  path: string;
  actions: Action[];
}

type AnyActionKind = ActionKind<unknown, Action> & { branches(settings: unknown): Record<string, unknown> };

function described(action: Action): { name: string; kind: AnyActionKind; settings: unknown } {
  const name = actionName(action);
  // The kind is that of the settings' action; the compiler cannot follow the link.
  const kind = actionKinds[name] as AnyActionKind;
  return { name, kind, settings: Object.values(action)[0] };
}

export function branchesOf(action: Action): Branch[] {
  const { name, kind, settings } = described(action);
  return Object.entries(kind.branches(settings)).flatMap(([setting, inside]) =>
    listsIn(`${name}/${setting}`, inside as Action[] | Record<string, Action[]> | undefined),
  );
}

function listsIn(path: string, inside: Action[] | Record<string, Action[]> | undefined): Branch[] {
  if (inside === undefined) return [];
  if (Array.isArray(inside)) return [{ path, actions: inside }];
  return Object.entries(inside).map(([key, actions]) => ({ path: `${path}/${key}`, actions }));
}

/** Possible continuations after the action: nested lists; `undefined`: the next action. */
export function exitsOf(action: Action): readonly (readonly Action[] | undefined)[] {
  const { kind, settings } = described(action);
  return kind.exits(settings);
}

/** The references of the action, each with its setting: `menu/prompt`, or `play` for an action with a single setting. */
export function namesIn(action: Action): (NamedThing & { setting: string })[] {
  const { name, kind, settings } = described(action);
  return kind.names(settings).map((named) => ({ ...named, setting: joined(name, named.path) }));
}

export function labelsIn(action: Action): HandsetLabel[] {
  const { kind, settings } = described(action);
  return kind.labels(settings);
}

/** See {@link ActionKind.holidayRegions}. */
export function holidayRegionsIn(action: Action): string[] {
  const { kind, settings } = described(action);
  return kind.holidayRegions?.(settings) ?? [];
}

/** See {@link ActionKind.waits}. */
export function waits(action: Action): boolean {
  return described(action).kind.waits;
}

/** See {@link ActionKind.shopSteers}. */
export function shopSteers(action: Action): boolean {
  return described(action).kind.shopSteers;
}

/** Applies the action's own rules. */
export function lintAction(action: Action, report: ActionReport): void {
  const { kind, settings } = described(action);
  kind.lint(settings, report);
}

/** The name of the part that the action jumps to, if any. */
export function partOf(action: Action): string | undefined {
  for (const named of namesIn(action)) if (named.type === 'part') return named.id;
  return undefined;
}

function joined(name: string, path: string): string {
  return path === '' ? name : `${name}/${path}`;
}

import { branchesOf, lintAction, namesIn } from '../action-facts.js';
import type { NamedThing } from '../actions/action.js';
import { actionName, type Action } from '../plan-schema.js';
import { entryLists } from '../walk.js';
import type { Names } from './names.js';
import type { Report } from './report.js';

/** Rules about single actions: their references must exist and their settings must make sense. Prompts: see prompts.ts. */
export function lintActions(report: Report): void {
  for (const { path, actions } of entryLists(report.company)) lintList(report, actions, path, false);
}

/** @param goesOn something follows in the lists around this one */
function lintList(report: Report, actions: readonly Action[], path: string, goesOn: boolean): void {
  for (const [index, action] of actions.entries()) {
    const isFollowed = goesOn || index < actions.length - 1;
    const pointer = `${path}/${index}`;
    lintNames(report, pointer, action);
    lintSettings(report, pointer, action, isFollowed);
    for (const branch of branchesOf(action)) lintList(report, branch.actions, `${pointer}/${branch.path}`, isFollowed);
  }
}

const KNOWN: Record<Exclude<NamedThing['type'], 'prompt'>, (names: Names) => ReadonlySet<string>> = {
  part: ({ parts }) => parts,
  handset: ({ handsets }) => handsets,
  queue: ({ queues }) => queues,
  profile: ({ handOverProfiles }) => handOverProfiles,
};

function lintNames(report: Report, pointer: string, action: Action): void {
  for (const { type, id, setting } of namesIn(action)) {
    if (type === 'prompt') continue;
    const known = KNOWN[type](report.names);
    if (known.has(String(id))) continue;
    const shown = typeof id === 'number' ? id : `"${id}"`;
    report.error(`${pointer}/${setting}`, `there is no ${type} ${shown}`, report.suggest(String(id), known), {
      [`unknown_${type}` as const]: id,
    });
  }
}

function lintSettings(report: Report, pointer: string, action: Action, isFollowed: boolean): void {
  const { country, dial_policy: dialPolicy } = report.company;
  const placeOf = (path: string | null) =>
    [pointer, ...(path === null ? [] : [actionName(action), path])].filter((name) => name !== '').join('/');
  lintAction(action, {
    country,
    dialPolicy,
    isFollowed,
    error: (path, message, remedy, kind) => report.error(placeOf(path), message, remedy, kind),
    warn: (path, message, remedy, kind) => report.warn(placeOf(path), message, remedy, kind),
  });
}

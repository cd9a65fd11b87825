import { branchesOf, exitsOf, partOf, waits } from '../action-facts.js';
import type { Company } from '../company.js';
import { actionKinds, actionName, writableActions, type Action } from '../plan-schema.js';
import { entryLists } from '../walk.js';
import type { Report } from './report.js';

/** Rules about the course of a call: unreachable actions, endless loops, unintended ends. */
export function lintCourse(report: Report): void {
  for (const { path, actions } of entryLists(report.company)) lintList(report, actions, path);
  lintCircles(report);
  lintUnusedParts(report);
}

function lintList(report: Report, actions: readonly Action[], path: string): void {
  const end = actions.findIndex(ends);
  const last = actions[end];
  if (last !== undefined && end < actions.length - 1) {
    const remedy = 'remove it, or move it before the action that ends the list';
    report.error(`${path}/${end + 1}`, `never reached: ${actionName(last)} before it does not come back`, remedy, {
      never_reached: true,
    });
  }
  for (const [index, action] of actions.entries())
    for (const branch of branchesOf(action)) lintList(report, branch.actions, `${path}/${index}/${branch.path}`);
}

/** Cached, because every enclosing list needs the result again. */
const ended = new WeakMap<Action, boolean>();

/** True when the plan never continues after this action. */
function ends(action: Action): boolean {
  const known = ended.get(action) ?? exitsOf(action).every((exit) => exit?.some(ends) ?? false);
  ended.set(action, known);
  return known;
}

/** The jumps of a list that come before any wait for the caller, the shop or a handset. */
interface Course {
  jumps: { part: string; pointer: string }[];
  /** False when every path through the list leaves it or waits. */
  runsThrough: boolean;
}

function courseOf(actions: readonly Action[], path: string): Course {
  const jumps: Course['jumps'] = [];
  for (const [index, action] of actions.entries()) {
    const pointer = `${path}/${index}`;
    const part = partOf(action);
    if (part !== undefined) return { jumps: [...jumps, { part, pointer }], runsThrough: false };
    if (waits(action)) return { jumps, runsThrough: false };
    const exits = exitsOf(action);
    const ways = branchesOf(action)
      .filter((branch) => exits.includes(branch.actions))
      .map((branch) => courseOf(branch.actions, `${pointer}/${branch.path}`));
    jumps.push(...ways.flatMap((way) => way.jumps));
    if (!exits.includes(undefined) && !ways.some((way) => way.runsThrough)) return { jumps, runsThrough: false };
  }
  return { jumps, runsThrough: true };
}

/** Depth first; a jump back to a part under visit closes a loop. The stack is explicit because chains of parts may be long. */
function lintCircles(report: Report): void {
  const { parts } = report.company;
  const courses = new Map(Object.entries(parts).map(([name, actions]) => [name, courseOf(actions, `parts/${name}`)]));
  const done = new Set<string>();
  for (const start of courses.keys()) {
    if (done.has(start)) continue;
    /** Part -> remaining jumps; in the order in which the parts were entered. */
    const way = new Map([[start, [...(courses.get(start)?.jumps ?? [])]]]);
    const stack = [start];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const jump = way.get(name)?.shift();
      if (jump === undefined) {
        done.add(name);
        way.delete(name);
        stack.pop();
      } else if (way.has(jump.part)) reportCircle(report, jump.pointer, stack, jump.part);
      else if (!done.has(jump.part)) {
        way.set(jump.part, [...(courses.get(jump.part)?.jumps ?? [])]);
        stack.push(jump.part);
      }
    }
  }
}

/** Maximum number of parts named in a message about a loop. */
const MOST_NAMED = 20;

/** @param way the parts under visit, including `back` */
function reportCircle(report: Report, pointer: string, way: readonly string[], back: string): void {
  const circle: string[] = [];
  for (let index = way.length - 1; index >= 0 && circle.length < MOST_NAMED; index--) {
    circle.unshift(way[index] ?? '');
    if (way[index] === back) break;
  }
  const shown = circle[0] === back ? circle : [back, '…', ...circle];
  report.error(
    pointer,
    `goes round in circles without waiting for anybody: ${[...shown, back].join(' → ')}`,
    `put a ${WAITING.slice(0, -1).join(', ')} or ${WAITING.at(-1) ?? ''} on the way, or end with hang_up`,
    { endless_loop: [...shown, back].join(' → ') },
  );
}

/** The actions that make a loop wait. */
const WAITING = writableActions.filter((name) => actionKinds[name].waits);

function lintUnusedParts(report: Report): void {
  const used = reachableParts(report.company);
  for (const name of Object.keys(report.company.parts)) {
    if (!used.has(name))
      report.warn(`parts/${name}`, `no line comes to the part "${name}"`, 'remove it, or go to it', {
        part_unused: name,
      });
  }
}

/** Names of the parts that calls on these lines can reach. */
export function reachableParts({
  lines,
  parts,
  orders,
}: Pick<Company, 'lines' | 'parts'> & { orders?: Company['orders'] }): Set<string> {
  const reached = new Set<string>();
  const pressed = Object.values(orders?.menus ?? {}).flatMap(({ keys }) => Object.values(keys));
  const waiting = [...lines.map(({ plan }) => plan), ...pressed];
  for (let actions = waiting.pop(); actions !== undefined; actions = waiting.pop()) {
    for (const action of actions) {
      waiting.push(...branchesOf(action).map((branch) => branch.actions));
      const part = partOf(action);
      if (part === undefined || reached.has(part)) continue;
      reached.add(part);
      waiting.push((Object.hasOwn(parts, part) && parts[part]) || []);
    }
  }
  return reached;
}

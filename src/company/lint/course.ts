import { QUEUE_OUTCOMES } from '../queue-outcomes.js';
import type { Company } from '../company.js';
import { actionName, type Action, type ActionName } from '../plan-schema.js';
import { branchesOf, entryLists } from '../walk.js';
import type { Report } from './report.js';

/** Rules about the way that a call takes: what it never reaches, where it goes round in circles, where it ends by accident. */
export function lintCourse(report: Report): void {
  for (const { path, actions } of entryLists(report.company)) lintList(report, actions, path, false);
  lintCircles(report);
  lintUnusedParts(report);
}

/** @param goesOn something follows in the lists around this one */
function lintList(report: Report, actions: readonly Action[], path: string, goesOn: boolean): void {
  const end = actions.findIndex(ends);
  if (end !== -1 && end < actions.length - 1) {
    const remedy = 'remove it, or move it before the action that ends the list';
    report.error(`${path}/${end + 1}`, `never reached: ${nameOf(actions[end])} before it does not come back`, remedy);
  }
  for (const [index, action] of actions.entries()) {
    const followed = goesOn || index < actions.length - 1;
    const pointer = `${path}/${index}`;
    if ('hand_over' in action && action.hand_over.on_failure === undefined && !followed) {
      report.warn(
        pointer,
        'when the shop fails or returns here, the call is hung up',
        'add on_failure, or an action after hand_over',
      );
    }
    for (const branch of branchesOf(action)) lintList(report, branch.actions, `${pointer}/${branch.path}`, followed);
  }
}

/** Each is asked for again by every list around it. */
const ended = new WeakMap<Action, boolean>();

/** True when the plan never goes on after this action. */
function ends(action: Action): boolean {
  const known = ended.get(action) ?? endsPlan(action);
  ended.set(action, known);
  return known;
}

function endsPlan(action: Action): boolean {
  if ('hang_up' in action || 'go_to_part' in action) return true;
  if ('hours' in action) return listEnds(action.hours.open) && listEnds(action.hours.closed);
  // Who has talked to somebody is hung up on: only the unanswered go on.
  if ('ring' in action) return listEnds(action.ring.unanswered);
  if ('order_status' in action || 'call_back' in action) return false;
  if ('connect' in action) return listEnds(action.connect.unanswered);
  // Who was answered is hung up on, unless the plan says otherwise.
  if ('enqueue' in action) {
    const { answered, hours } = action.enqueue;
    const unless = hours === undefined ? ['answered', 'closed'] : ['answered'];
    const others = QUEUE_OUTCOMES.filter((outcome) => !unless.includes(outcome)).map(
      (outcome) => action.enqueue[outcome],
    );
    return (answered === undefined || listEnds(answered)) && others.every(listEnds);
  }
  if (!('menu' in action)) return false;
  const { keys, no_input, wrong_key } = action.menu;
  const pressed = Object.values(keys).every((actions) => listEnds(actions));
  return pressed && listEnds(no_input) && (wrong_key === undefined || listEnds(wrong_key));
}

function listEnds(actions: readonly Action[] | undefined): boolean {
  return actions?.some(ends) ?? false;
}

function nameOf(action: Action | undefined): string {
  return Object.keys(action ?? {})[0] ?? '';
}

/** Where a list jumps to without the caller, the shop or a handset having had a say before. */
interface Course {
  jumps: { part: string; pointer: string }[];
  /** False when the list is left, or something was waited for, on every way through it. */
  runsThrough: boolean;
}

function courseOf(actions: readonly Action[], path: string): Course {
  const jumps: Course['jumps'] = [];
  for (const [index, action] of actions.entries()) {
    const pointer = `${path}/${index}`;
    if ('go_to_part' in action) return { jumps: [...jumps, { part: action.go_to_part, pointer }], runsThrough: false };
    if ('hang_up' in action || isInput(action)) return { jumps, runsThrough: false };
    if (!('hours' in action)) continue;
    const ways = [action.hours.open, action.hours.closed].map((way, which) =>
      courseOf(way ?? [], `${pointer}/hours/${which === 0 ? 'open' : 'closed'}`),
    );
    jumps.push(...ways.flatMap((way) => way.jumps));
    if (!ways.some((way) => way.runsThrough)) return { jumps, runsThrough: false };
  }
  return { jumps, runsThrough: true };
}

const INPUTS: ReadonlySet<ActionName> = new Set(['menu', 'collect', 'hand_over', 'ring', 'connect', 'enqueue']);

function isInput(action: Action): boolean {
  return INPUTS.has(actionName(action));
}

/** Depth first; a jump back to a part that is being visited closes a circle. The stack is our own: chains of parts may be long. */
function lintCircles(report: Report): void {
  const { parts } = report.company;
  const courses = new Map(Object.entries(parts).map(([name, actions]) => [name, courseOf(actions, `parts/${name}`)]));
  const done = new Set<string>();
  for (const start of courses.keys()) {
    if (done.has(start)) continue;
    /** Part -> jumps that are still to be followed; in the order in which the parts were entered. */
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

/** Parts of a circle that a message names. */
const MOST_NAMED = 20;

/** @param way the parts that are being visited, `back` among them */
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
    'put a menu, collect, hand_over, ring, connect or enqueue on the way, or end with hang_up',
  );
}

function lintUnusedParts(report: Report): void {
  const used = reachableParts(report.company);
  for (const name of Object.keys(report.company.parts)) {
    if (!used.has(name)) report.warn(`parts/${name}`, `no line comes to the part "${name}"`, 'remove it, or go to it');
  }
}

/** Names of the parts that calls on these lines can come to. */
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
      if (!('go_to_part' in action) || reached.has(action.go_to_part)) continue;
      reached.add(action.go_to_part);
      waiting.push((Object.hasOwn(parts, action.go_to_part) && parts[action.go_to_part]) || []);
    }
  }
  return reached;
}

import type { LineSetup } from '../webhooks/contract.js';
import type { Company } from './company.js';
import { walkList, type Place } from './walk.js';

type Setting = Pick<Company, 'lines' | 'parts' | 'queues'>;

/** What a shop has to know of a line: the queues that its calls can come into, and their labels. Undefined: no such line. */
export function lineSetup(company: Setting, number: string): LineSetup | undefined {
  const line = company.lines.find((one) => one.number === number);
  if (line === undefined) return undefined;
  const places = [...reachable(company, number, line.plan)];
  const enqueued = places.flatMap(({ action }) => ('enqueue' in action ? [action.enqueue] : []));
  // A shop that has the wheel can send a call into any queue.
  const anywhere = places.some(({ action }) => 'hand_over' in action);
  const handsets = enqueued.flatMap(({ label, queue }) => (label === undefined ? [] : [{ label, queue }]));
  return {
    line: { number, name: line.name },
    queues: company.queues
      .filter(({ id }) => anywhere || enqueued.some(({ queue }) => queue === id))
      .map(({ id, name }) => ({ id, name })),
    handsets: handsets.filter(
      ({ label, queue }, index) =>
        handsets.findIndex((other) => other.label === label && other.queue === queue) === index,
    ),
  };
}

/** Every action that a call can come to from this list on, through parts too. */
function* reachable({ parts }: Setting, number: string, plan: Company['lines'][number]['plan']): Generator<Place> {
  const seen = new Set<string>();
  const lists = [{ path: `lines/${number}/plan`, actions: plan }];
  for (let list = lists.shift(); list !== undefined; list = lists.shift()) {
    for (const place of walkList(list.actions, list.path)) {
      yield place;
      if (!('go_to_part' in place.action)) continue;
      const part = place.action.go_to_part;
      const actions = parts[part];
      if (actions === undefined || seen.has(part)) continue;
      seen.add(part);
      lists.push({ path: `parts/${part}`, actions });
    }
  }
}

/** {@link lineSetup} of the company as it is at the moment, worked out once for each change. */
export function lineSetups(company: () => Setting): (line: string) => LineSetup | undefined {
  const known = new WeakMap<object, Map<string, LineSetup | undefined>>();
  return (line) => {
    const now = company();
    const ofNow = known.get(now) ?? new Map<string, LineSetup | undefined>();
    known.set(now, ofNow);
    if (!ofNow.has(line)) ofNow.set(line, lineSetup(now, line));
    return ofNow.get(line);
  };
}

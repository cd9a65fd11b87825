import type { LineSetup } from '../webhooks/contract.js';
import type { Company } from './company.js';
import { labelsIn, namesIn, partOf, shopSteers } from './action-facts.js';
import { walkList, type Place } from './walk.js';

type Setting = Pick<Company, 'lines' | 'parts' | 'queues'>;

/** A line's queues and labels for the shop. Undefined: unknown line. */
export function lineSetup(company: Setting, number: string): LineSetup | undefined {
  const line = company.lines.find((one) => one.number === number);
  if (line === undefined) return undefined;
  const places = [...reachable(company, number, line.plan)];
  const named = places.flatMap(({ action }) => namesIn(action));
  const queues = new Set(named.flatMap((one) => (one.type === 'queue' ? [one.id] : [])));
  // A shop with a hand-over may send a call to any queue.
  const anywhere = places.some(({ action }) => shopSteers(action));
  const handsets = places.flatMap(({ action }) => labelsIn(action));
  return {
    line: { number, name: line.name },
    queues: company.queues.filter(({ id }) => anywhere || queues.has(id)).map(({ id, name }) => ({ id, name })),
    handsets: handsets.filter(
      ({ label, queue }, index) =>
        handsets.findIndex((other) => other.label === label && other.queue === queue) === index,
    ),
  };
}

/** All actions reachable from this list, through parts too. */
function* reachable({ parts }: Setting, number: string, plan: Company['lines'][number]['plan']): Generator<Place> {
  const seen = new Set<string>();
  const lists = [{ path: `lines/${number}/plan`, actions: plan }];
  for (let list = lists.shift(); list !== undefined; list = lists.shift()) {
    for (const place of walkList(list.actions, list.path)) {
      yield place;
      const part = partOf(place.action);
      const actions = part === undefined ? undefined : parts[part];
      if (part === undefined || actions === undefined || seen.has(part)) continue;
      seen.add(part);
      lists.push({ path: `parts/${part}`, actions });
    }
  }
}

/** {@link lineSetup} of the current company, computed once for each change. */
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

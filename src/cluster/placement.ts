import { createHash } from 'node:crypto';
import { namesIn } from '../company/action-facts.js';
import type { Company } from '../company/company.js';
import type { Action } from '../company/plan-schema.js';
import { walkList } from '../company/walk.js';

/** Where the calls and phones of a company are, when it has several nodes: an Asterisk with its gateway each. */

/** The home of a component and the nodes that take over, in this order. */
export type Order = readonly string[];

/** Things that must be on one node, because a call of one can reach the others. */
export interface Component {
  /** Of its first queue, else of its first handset, else of its first line: it stays when something is added behind. */
  id: string;
  queues: number[];
  handsets: string[];
  lines: string[];
}

export interface Placement {
  handsets: ReadonlyMap<string, Order>;
  queues: ReadonlyMap<number, Order>;
  lines: ReadonlyMap<string, Order>;
  /** Of everything that is not known. */
  others: Order;
}

export type PlacedCompany = Pick<Company, 'queues' | 'handsets' | 'lines' | 'parts'>;

/** A home and two nodes that take over: further ones would matter only when three are down. */
const MOST_NODES = 3;

/** @param nodes names @throws RangeError without a node */
export function placementOf(company: PlacedCompany, nodes: readonly string[]): Placement {
  if (nodes.length === 0) throw new RangeError('no node');
  const placed = componentsOf(company).map((component) => ({ ...component, order: orderOf(component.id, nodes) }));
  return {
    handsets: new Map(placed.flatMap(({ handsets, order }) => handsets.map((name) => [name, order] as const))),
    queues: new Map(placed.flatMap(({ queues, order }) => queues.map((id) => [id, order] as const))),
    lines: new Map(placed.flatMap(({ lines, order }) => lines.map((number) => [number, order] as const))),
    others: orderOf('others', nodes),
  };
}

/** Queues with common handsets, with the lines that lead to them as far as the plans show it. A shop may choose any queue: not known. */
export function componentsOf(company: PlacedCompany): Component[] {
  const groups = new Groups();
  for (const { name } of company.handsets) groups.add(`handset ${name}`);
  for (const { id, handsets } of company.queues)
    groups.join(`queue ${id}`, ...handsets.map((name) => `handset ${name}`));
  for (const { number, queue, plan } of company.lines) {
    const own = queue === undefined ? [] : [`queue ${queue}`];
    groups.join(`line ${number}`, ...own, ...reachedBy(plan, company.parts));
  }
  return groups.all.map((members) => {
    const of = (kind: string) =>
      members.filter((member) => member.startsWith(`${kind} `)).map((member) => member.slice(kind.length + 1));
    const queues = of('queue')
      .map(Number)
      .sort((a, b) => a - b);
    const [handsets, lines] = [of('handset').sort(), of('line').sort()];
    const id = [
      ...queues.map((queue) => `queue ${queue}`),
      ...handsets.map((name) => `handset ${name}`),
      ...lines.map((number) => `line ${number}`),
    ][0];
    return { id: id ?? '', queues, handsets, lines };
  });
}

/**
 * Rendezvous hashing: each node has a score for the component, the highest is its home. A further node takes over only components of
 * which it is the home; those of a node that is removed go to the node that took over for it.
 */
export function orderOf(component: string, nodes: readonly string[]): Order {
  const score = (node: string) => createHash('sha256').update(`${node}\n${component}`).digest('hex');
  return [...new Set(nodes)]
    .map((node) => ({ node, score: score(node) }))
    .sort((a, b) => (a.score < b.score ? 1 : -1))
    .slice(0, MOST_NODES)
    .map(({ node }) => node);
}

/** Queues and handsets that callers of a plan can reach. */
function reachedBy(plan: readonly Action[], parts: Company['parts']): string[] {
  const reached = new Set<string>();
  const follow = (actions: readonly Action[]) => {
    for (const { action } of walkList(actions, ''))
      for (const { type, id } of namesIn(action)) {
        const member = `${type} ${id}`;
        if (!['queue', 'handset', 'part'].includes(type) || reached.has(member)) continue;
        reached.add(member);
        if (type === 'part') follow(parts[id] ?? []);
      }
  };
  follow(plan);
  return [...reached].filter((member) => !member.startsWith('part '));
}

/** Sets that become one when they are joined. */
class Groups {
  readonly #of = new Map<string, Set<string>>();

  add(member: string): Set<string> {
    const group = this.#of.get(member) ?? new Set([member]);
    this.#of.set(member, group);
    return group;
  }

  join(first: string, ...others: readonly string[]): void {
    for (const other of others) {
      const [a, b] = [this.add(first), this.add(other)];
      const [large, small] = a.size < b.size ? [b, a] : [a, b];
      if (large === small) continue;
      for (const member of small) {
        large.add(member);
        this.#of.set(member, large);
      }
    }
    this.add(first);
  }

  get all(): string[][] {
    return [...new Set(this.#of.values())].map((group) => [...group]);
  }
}

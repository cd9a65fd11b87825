import { branchesOf, fieldValue, formOf, settingsOf } from '../form-model.js';
import { planOf, type Item } from '../items.js';
import { pathOf } from '../operations.js';
import { branchName, valueInWords, type Speaker } from '../sentence.js';
import type { Action, ActionForm, FieldKind, LintProblem, Plan } from '../types.js';

/** The call plans of the company as a graph: lines, parts, and where callers leave the plans. */
export interface PlanGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

type NodeKind = 'line' | 'part' | 'orders' | 'queue' | 'handset' | 'phone' | 'shop' | 'hangUp';

export interface GraphNode {
  id: string;
  kind: NodeKind;
  name: string;
  /** The page that shows it; undefined without one. */
  href: string | undefined;
  /** Plans go to it, but it does not exist. */
  isMissing: boolean;
  /** Parts: a line leads to it. */
  isReached: boolean;
  problems: number;
  /** One of the problems prevents publishing. */
  hasErrors: boolean;
}

export interface GraphEdge {
  from: string;
  to: string;
  ways: Way[];
}

/** A step that leads from one node to another. */
export interface Way {
  /** Keys and conditions on the way to the step: `1 › closed`; empty when every caller comes to it. */
  label: string;
  /** The item that has the step, and the path of the step in its plan. */
  item: Pick<Item, 'section' | 'key'>;
  path: string;
  /** As simulated calls name the step. */
  pointer: string;
}

interface GraphInput {
  items: readonly Item[];
  problems: readonly LintProblem[];
  speaker: Speaker;
  titleOf: (line: { number: string; name?: string }) => string;
  words: { orders: string; hangUp: string };
}

/** A setting of one of these kinds says where the caller goes. */
const TARGETS: Partial<Record<FieldKind, NodeKind>> = {
  part: 'part',
  queue: 'queue',
  handset: 'handset',
  phone_number: 'phone',
  url: 'shop',
};

export function planGraph(input: GraphInput): PlanGraph {
  const sources = input.items.flatMap((item) => sourcesOf(item));
  const graph = new GraphBuilder(input);
  for (const { item, id } of sources) graph.addItem(item, id);
  for (const { item, id, plan, pointer } of sources) graph.addWays(item, id, plan, pointer);
  return graph.finish();
}

/** A plan of an item. Menus about orders are settings; their keys have plans too. */
interface Source {
  item: Item;
  id: string;
  plan: Plan;
  /** Of the plan, as simulated calls name it. */
  pointer: string;
}

const ORDERS = 'orders';

function sourcesOf(item: Item): Source[] {
  const { section, key, body } = item;
  const id = `${section}/${key}`;
  if (section === 'lines') return [{ item, id, plan: planOf(item), pointer: `${id}/plan` }];
  if (section === 'parts') return [{ item, id, plan: planOf(item), pointer: id }];
  if (section !== 'settings') return [];
  const { orders } = body as { orders?: { menus?: Record<string, { keys?: Record<string, Plan> }> } };
  return Object.entries(orders?.menus ?? {}).flatMap(([status, { keys = {} }]) =>
    Object.entries(keys).map(([pressed, plan]) => {
      const pointer = `orders/menus/${status}/keys/${pressed}`;
      return { item, id: ORDERS, plan, pointer };
    }),
  );
}

class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();

  constructor(private readonly input: GraphInput) {}

  addItem({ section, key, body }: Item, id: string): void {
    const kind = id === ORDERS ? 'orders' : section === 'lines' ? 'line' : 'part';
    const own = this.input.problems.filter(({ path }) => `${path}/`.startsWith(`${id}/`));
    this.#nodes.set(id, {
      id,
      kind,
      name:
        kind === 'line'
          ? this.input.titleOf(body as { number: string })
          : kind === 'part'
            ? key
            : this.input.words.orders,
      href: kind === 'orders' ? '/settings' : `/plans/${section}/${encodeURIComponent(key)}`,
      isMissing: false,
      isReached: kind !== 'part',
      problems: own.length,
      hasErrors: own.some(({ severity }) => severity === 'error'),
    });
  }

  addWays(item: Item, from: string, plan: Plan, pointer: string): void {
    for (const { action, path, labels } of walk(this.input.speaker, plan)) {
      const way: Way = { label: labels.join(' › '), item, path, pointer: `${pointer}/${path}` };
      for (const target of this.#targetsOf(action, from)) this.#addWay(from, target, way);
    }
  }

  #addWay(from: string, target: GraphNode, way: Way): void {
    if (!this.#nodes.has(target.id)) this.#nodes.set(target.id, target);
    const id = JSON.stringify([from, target.id]);
    const edge = this.#edges.get(id) ?? { from, to: target.id, ways: [] };
    edge.ways.push(way);
    this.#edges.set(id, edge);
  }

  #targetsOf(action: Action, from: string): GraphNode[] {
    const form = formOf(this.input.speaker.forms, action);
    const settings = settingsOf(form, action);
    const targets = form.fields.flatMap((field) => {
      const kind = TARGETS[field.kind];
      const value = fieldValue(field, settings);
      if (kind === undefined || value === undefined || value === null || value === '') return [];
      return [this.#target(kind, field, value as string | number)];
    });
    return targets.length === 0 && form.ends ? [this.#end(from)] : targets;
  }

  #target(kind: NodeKind, field: ActionForm['fields'][number], value: string | number): GraphNode {
    const { speaker } = this.input;
    const pages: Partial<Record<NodeKind, string>> = { part: '/plans/parts', queue: '/queues', handset: '/handsets' };
    const isMissing = kind in pages && speaker.nameOf(field.kind, value) === undefined;
    const name = valueInWords(speaker, field, value);
    const id = kind === 'part' ? `parts/${value}` : `${kind} ${kind === 'shop' ? name : value}`;
    const page = isMissing ? undefined : pages[kind];
    const href = page && `${page}/${encodeURIComponent(value)}`;
    return { id, kind, name, href, isMissing, isReached: true, problems: 0, hasErrors: false };
  }

  /** Each plan has its own, because one for all would draw lines across the whole picture. */
  #end(from: string): GraphNode {
    const { hangUp: name } = this.input.words;
    const id = `hangUp ${from}`;
    return {
      id,
      kind: 'hangUp',
      name,
      href: undefined,
      isMissing: false,
      isReached: true,
      problems: 0,
      hasErrors: false,
    };
  }

  finish(): PlanGraph {
    const edges = [...this.#edges.values()];
    const starts = [...this.#nodes.values()].filter(({ kind }) => kind === 'line' || kind === 'orders');
    const reached = new Set(starts.map(({ id }) => id));
    // A set can grow while it is iterated.
    for (const id of reached) for (const { from, to } of edges) if (from === id) reached.add(to);
    const nodes = [...this.#nodes.values()].map((node) => ({
      ...node,
      isReached: node.kind !== 'part' || reached.has(node.id),
    }));
    return { nodes, edges };
  }
}

/** Every action with the names of the branches on the way to it. */
function* walk(
  speaker: Speaker,
  plan: Plan,
  list = '',
  labels: readonly string[] = [],
): Generator<{ action: Action; path: string; labels: readonly string[] }> {
  for (const [index, action] of plan.entries()) {
    const path = pathOf({ list, index });
    yield { action, path, labels };
    const form = formOf(speaker.forms, action);
    for (const branch of branchesOf(form, action)) {
      const inside = [...labels, branchName(speaker, branch)];
      yield* walk(speaker, branch.actions, `${path}/${branch.path}`, inside);
    }
  }
}

/** The node of the line or part. */
export function nodeIdOf({ section, key }: Pick<Item, 'section' | 'key'>): string {
  return `${section}/${key}`;
}

/** The page that shows a step. */
export function hrefOf({ item: { section, key }, path }: Way): string {
  if (section === 'settings') return '/settings';
  return `/plans/${section}/${encodeURIComponent(key)}?step=${encodeURIComponent(path)}`;
}

/** What a simulated call has passed. */
export interface PassedGraph {
  nodes: ReadonlySet<string>;
  /** Pointers of steps. */
  steps: ReadonlySet<string>;
}

/** @param pointers the passed steps, as simulated calls name them */
export function passedIn({ nodes, edges }: PlanGraph, pointers: readonly string[]): PassedGraph {
  const steps = new Set(pointers);
  const passed = nodes.filter(({ id }) => pointers.some((pointer) => pointer.startsWith(`${id}/`))).map(({ id }) => id);
  const reached = edges.filter(({ ways }) => ways.some(({ pointer }) => steps.has(pointer))).map(({ to }) => to);
  return { nodes: new Set([...passed, ...reached]), steps };
}

import { Graph, layout } from '@dagrejs/dagre';
import type { GraphEdge, GraphNode, PlanGraph } from './plan-graph.js';

/** Where the nodes, edges and labels of a graph are drawn, in CSS pixels at full size. */
export interface Drawing {
  width: number;
  height: number;
  /** In reading order. */
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

export interface PlacedNode extends Box {
  node: GraphNode;
}

export interface PlacedEdge {
  edge: GraphEdge;
  /** As the attribute `d` of a path. */
  line: string;
  arrow: string;
  /** Where the labels begin; one line each. */
  label: Box;
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

/** Widths of letters are estimated, so that a drawing does not depend on fonts that are loaded later. */
const LETTER = 9;
export const LINE_HEIGHT = 18;
const ICON = 34;
const LONGEST_NAME = 22;
const LONGEST_LABEL = 24;
const MARGIN = 12;
const ARROW = 7;

export function shortened(text: string, longest = LONGEST_NAME): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The labels of an edge, each with its way. Ways without one are drawn as the line itself. */
export function labelsOf({ ways }: GraphEdge) {
  return ways.filter(({ label }) => label !== '').map((way) => ({ way, text: shortened(way.label, LONGEST_LABEL) }));
}

/** Lays the graph out from left to right, or from top to bottom where that is narrower. @param notes what is written below a name */
export function draw(graph: PlanGraph, notes: ReadonlyMap<string, string>): Drawing {
  const drawings = (['LR', 'TB'] as const).map((direction) => drawn(graph, notes, direction));
  return drawings.reduce((best, each) => (each.width < best.width ? each : best));
}

function drawn({ nodes, edges }: PlanGraph, notes: ReadonlyMap<string, string>, rankdir: 'LR' | 'TB'): Drawing {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir, nodesep: 16, edgesep: 12, ranksep: 28, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node, notes.get(node.id) ?? ''));
  for (const edge of edges) graph.setEdge(edge.from, edge.to, { ...labelSize(edge), labelpos: 'c' });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as Partial<Box>;
  const placed = nodes.map((node) => ({ node, ...cornerOf(graph.node(node.id) as Box) }));
  return {
    width,
    height,
    nodes: placed.sort((a, b) => (rankdir === 'LR' ? a.x - b.x || a.y - b.y : a.y - b.y || a.x - b.x)),
    edges: edges.map((edge) => {
      const { points, ...label } = graph.edge(edge.from, edge.to) as Box & { points: Point[] };
      const way = edge.from === edge.to ? loop(graph.node(edge.from) as Box, label, rankdir) : points;
      return { edge, line: lineOf(way), arrow: arrowOf(way), label: cornerOf(label) };
    }),
  };
}

/**
 * The way of a part to itself, through its label: dagre keeps the place for it beside or below the node, and draws no loop there.
 * @param node @param label with their middle
 */
function loop(node: Box, label: Box, rankdir: 'LR' | 'TB'): Point[] {
  if (rankdir === 'TB') {
    const [edge, y] = [node.x + node.width / 2, node.height / 4];
    return [
      { x: edge, y: node.y - y },
      { x: label.x, y: node.y - y },
      { x: label.x, y: node.y + y },
      { x: edge, y: node.y + y },
    ];
  }
  const [edge, x] = [node.y + node.height / 2, node.width / 4];
  return [
    { x: node.x - x, y: edge },
    { x: node.x - x, y: label.y },
    { x: node.x + x, y: label.y },
    { x: node.x + x, y: edge },
  ];
}

function sizeOf({ name }: GraphNode, note: string) {
  const letters = Math.max(shortened(name).length, note.length) * LETTER;
  return { width: Math.ceil(ICON + letters + 10), height: note === '' ? 34 : 50 };
}

function labelSize(edge: GraphEdge) {
  const labels = labelsOf(edge);
  const letters = Math.max(0, ...labels.map(({ text }) => text.length));
  return { width: letters === 0 ? 0 : letters * LETTER + 8, height: labels.length * LINE_HEIGHT };
}

/** From the middle of a box to its corner. */
function cornerOf({ x, y, width, height }: Box): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** A line through the points with rounded bends. */
function lineOf(points: readonly Point[]): string {
  const [first, ...others] = points;
  if (first === undefined) return '';
  const bends = others.map((point, index) => {
    const next = others[index + 1];
    return next === undefined ? `L${at(point)}` : `Q${at(point)} ${at(middle(point, next))}`;
  });
  return `M${at(first)}${bends.join('')}`;
}

function arrowOf(points: readonly Point[]): string {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) return '';
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const back = (turn: number) => ({
    x: end.x - ARROW * Math.cos(angle + turn),
    y: end.y - ARROW * Math.sin(angle + turn),
  });
  return `M${at(end)}L${at(back(0.5))}L${at(back(-0.5))}Z`;
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

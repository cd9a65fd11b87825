import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { icons, type IconName } from '../../../icons.js';
import { store } from '../draft-store.js';
import { lineTitle, speaker } from '../speaker.js';
import { texts as planTexts } from '../texts.js';
import { draw, labelsOf, LINE_HEIGHT, shortened, type PlacedEdge, type PlacedNode } from './layout.js';
import { MapAsText } from './map-as-text.js';
import { hrefOf, nodeIdOf, passedIn, planGraph, type GraphNode, type PassedGraph, type Way } from './plan-graph.js';
import { texts } from './texts.js';
import type { Item } from '../items.js';
import '../../styles/plan-map.css';

const ICONS: Record<GraphNode['kind'], IconName> = {
  line: 'calls',
  part: 'plans',
  orders: 'order',
  queue: 'wait',
  handset: 'ring',
  phone: 'outgoing',
  shop: 'integrations',
  hangUp: 'off',
};

const ZOOM_STEP = 1.25;
const [SMALLEST, LARGEST] = [0.3, 3];

export interface PlanMapProps {
  /** The line or part that is edited. */
  current: Pick<Item, 'section' | 'key'>;
  /** Pointers of the steps that a simulated call has passed. */
  passed: readonly string[];
  /** A press on the way of a step, or on a node: where it leads. */
  onOpen: (href: string, way?: Way) => void;
}

/** All call plans of the company in one picture. */
export function PlanMap({ current, passed, onOpen }: PlanMapProps) {
  const [items, problems, said] = [store.items.value ?? [], store.problems.value, speaker.value];
  const graph = useMemo(
    () => planGraph({ items, problems, speaker: said, titleOf: lineTitle, words: texts }),
    [items, problems, said],
  );
  const drawing = useMemo(() => draw(graph, new Map(graph.nodes.map((node) => [node.id, noteOf(node)]))), [graph]);
  const zoom = useSignal<number | undefined>(undefined);
  const frame = useRef<HTMLDivElement>(null);
  const here = nodeIdOf(current);
  const went = passedIn(graph, passed);
  useEffect(() => showMiddle(frame.current), [here, drawing]);
  const resize = (factor: number) => {
    const shown = frame.current?.querySelector('svg')?.getBoundingClientRect().width ?? drawing.width;
    zoom.value = Math.min(LARGEST, Math.max(SMALLEST, (shown / drawing.width) * factor));
  };
  return (
    <>
      <div class="map-tools">
        <button type="button" onClick={() => resize(1 / ZOOM_STEP)}>
          {texts.smaller}
        </button>
        <button type="button" onClick={() => resize(ZOOM_STEP)}>
          {texts.larger}
        </button>
        <button type="button" aria-pressed={zoom.value === undefined} onClick={() => (zoom.value = undefined)}>
          {texts.fit}
        </button>
      </div>
      <div class="map-frame" ref={frame} role="group" aria-label={planTexts.map} tabIndex={0}>
        <svg
          class={zoom.value === undefined ? 'fit' : undefined}
          viewBox={`0 0 ${drawing.width} ${drawing.height}`}
          style={{ '--natural': `${drawing.width}px`, '--zoom': String(zoom.value ?? 1) }}
        >
          {drawing.edges.map((placed) => (
            <Edge key={`${placed.edge.from} ${placed.edge.to}`} placed={placed} went={went} onOpen={onOpen} />
          ))}
          {drawing.nodes.map((placed) => (
            <Node key={placed.node.id} placed={placed} isHere={placed.node.id === here} went={went} onOpen={onOpen} />
          ))}
        </svg>
      </div>
      <MapAsText graph={graph} went={went} onOpen={onOpen} />
    </>
  );
}

/** Scrolls the edited line or part into the middle, without moving the page. */
function showMiddle(frame: HTMLElement | null): void {
  const node = frame?.querySelector('[aria-current]');
  if (frame == null || node == null) return;
  const [outer, inner] = [frame.getBoundingClientRect(), node.getBoundingClientRect()];
  frame.scrollBy(
    inner.left + inner.width / 2 - outer.left - outer.width / 2,
    inner.top + inner.height / 2 - outer.top - outer.height / 2,
  );
}

function noteOf({ isMissing, isReached }: GraphNode): string {
  if (isMissing) return texts.missing;
  return isReached ? '' : texts.unreached;
}

interface NodeProps {
  placed: PlacedNode;
  isHere: boolean;
  went: PassedGraph;
  onOpen: PlanMapProps['onOpen'];
}

function Node({ placed, isHere, went, onOpen }: NodeProps) {
  const { node, x, y, width, height } = placed;
  const { kind, name, href, isMissing, isReached, problems, hasErrors } = node;
  const isPassed = went.nodes.has(node.id);
  const note = noteOf(node);
  const said = [
    `${texts.kinds[kind]} ${name}`,
    note,
    problems > 0 ? planTexts.problems(problems) : '',
    isPassed ? texts.passed : '',
  ];
  const label = said.filter((part) => part !== '').join(', ');
  const classes = [
    'node',
    kind,
    isHere && 'here',
    isPassed && 'passed',
    (isMissing || hasErrors) && 'bad',
    !isReached && 'unreached',
  ];
  const content = (
    <>
      <title>{label}</title>
      <rect x={x} y={y} width={width} height={height} rx={kind === 'line' ? 17 : kind === 'part' ? 4 : 12} />
      <svg
        class="node-icon"
        x={x + 10}
        y={y + 9}
        width={16}
        height={16}
        viewBox="0 0 24 24"
        aria-hidden="true"
        dangerouslySetInnerHTML={{ __html: icons[ICONS[kind]] }}
      />
      <text x={x + 34} y={y + 22}>
        {shortened(name)}
      </text>
      {note !== '' && (
        <text class="note" x={x + 34} y={y + 39}>
          {note}
        </text>
      )}
      {problems > 0 && (
        <>
          <circle class="mark" cx={x + width - 4} cy={y + 4} r={9} />
          <text class="mark-text" x={x + width - 4} y={y + 9} text-anchor="middle">
            !
          </text>
        </>
      )}
    </>
  );
  const className = classes.filter((each) => typeof each === 'string').join(' ');
  if (href === undefined)
    return (
      <g class={className} role="img" aria-label={label}>
        {content}
      </g>
    );
  return (
    <a
      class={className}
      href={href}
      aria-label={label}
      aria-current={isHere ? 'page' : undefined}
      onClick={(event) => follow(event, () => onOpen(href))}
    >
      {content}
    </a>
  );
}

interface EdgeProps {
  placed: PlacedEdge;
  went: PassedGraph;
  onOpen: PlanMapProps['onOpen'];
}

/** The line opens its first step, each label its own. By keyboard they are reached in the text below. */
function Edge({ placed: { edge, line, arrow, label }, went, onOpen }: EdgeProps) {
  const [first] = edge.ways;
  if (first === undefined) return null;
  const isPassed = (way: Way) => went.steps.has(way.pointer);
  const open = (way: Way) => ({
    href: hrefOf(way),
    tabindex: -1,
    onClick: (event: MouseEvent) => follow(event, () => onOpen(hrefOf(way), way)),
  });
  return (
    <g class={edge.ways.some(isPassed) ? 'edge passed' : 'edge'} aria-hidden="true">
      <a {...open(first)}>
        <path class="edge-target" d={line} />
        <path class="edge-line" d={line} />
        <path class="edge-arrow" d={arrow} />
      </a>
      {labelsOf(edge).map(({ way, text }, index) => (
        <a key={way.pointer} class={isPassed(way) ? 'map-way passed' : 'map-way'} {...open(way)}>
          <title>{way.label}</title>
          <rect x={label.x} y={label.y + index * LINE_HEIGHT} width={label.width} height={LINE_HEIGHT} rx={3} />
          <text x={label.x + label.width / 2} y={label.y + index * LINE_HEIGHT + 14} text-anchor="middle">
            {text}
          </text>
        </a>
      ))}
    </g>
  );
}

/** A link of a picture: the router knows only those of HTML. With a key held down the browser opens a tab or window. */
function follow(event: MouseEvent, open: () => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  open();
}

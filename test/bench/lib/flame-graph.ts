/** CPU profiles of V8 as a flame graph: one SVG file that every browser opens. */

/** As the inspector gives it, and as `.cpuprofile` files hold it. Times are microseconds. */
export interface CpuProfile {
  nodes: {
    id: number;
    callFrame: { functionName: string; url: string; lineNumber: number };
    children?: number[];
  }[];
  samples?: number[];
  timeDeltas?: number[];
}

/** One function in the place from which it was called. */
export interface Frame {
  name: string;
  /** Time of the frame with all that it called, microseconds. */
  totalUs: number;
  /** The busiest first. */
  children: Frame[];
}

const IDLE = new Set(['(idle)', '(program)']);
const WIDTH = 1600;
const ROW = 17;
/** Narrower ones are left out: they cannot be seen. */
const MIN_WIDTH = 0.5;
const CHARACTER_WIDTH = 6.4;

/** Calls from the same place are one frame; time in which nothing ran is left out. */
export function frames({ nodes, samples = [], timeDeltas = [] }: CpuProfile): Frame {
  const selfUs = new Map<number, number>();
  for (const [index, id] of samples.entries()) selfUs.set(id, (selfUs.get(id) ?? 0) + (timeDeltas[index] ?? 0));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const build = (id: number): Frame => {
    const node = byId.get(id);
    if (node === undefined) return { name: '?', totalUs: 0, children: [] };
    const children = mergeFrames((node.children ?? []).map(build)).filter(({ name }) => !IDLE.has(name));
    const totalUs = (selfUs.get(id) ?? 0) + children.reduce((sum, child) => sum + child.totalUs, 0);
    return { name: nameOf(node.callFrame), totalUs, children };
  };
  const [root] = nodes;
  return root === undefined ? { name: '(root)', totalUs: 0, children: [] } : build(root.id);
}

/** A self-contained SVG: one row a depth of the stack, the width is the time; the tooltip holds the name and the part. */
export function flameGraph(root: Frame, title: string): string {
  const rows: string[] = [];
  const scale = WIDTH / Math.max(1, root.totalUs);
  let deepest = 0;
  const draw = (frame: Frame, x: number, depth: number) => {
    const width = frame.totalUs * scale;
    if (width < MIN_WIDTH) return;
    deepest = Math.max(deepest, depth);
    const label = frame.name.slice(0, Math.floor(width / CHARACTER_WIDTH));
    const percent = ((frame.totalUs / root.totalUs) * 100).toFixed(1);
    rows.push(
      `<g><title>${escape(frame.name)}: ${(frame.totalUs / 1000).toFixed(1)} ms, ${percent} %</title>` +
        `<rect x="${x.toFixed(1)}" y="${(depth + 2) * ROW}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colour(frame.name)}"/>` +
        `<text x="${(x + 2).toFixed(1)}" y="${(depth + 2) * ROW + 12}">${escape(label)}</text></g>`,
    );
    let at = x;
    for (const child of frame.children) {
      draw(child, at, depth + 1);
      at += child.totalUs * scale;
    }
  };
  draw(root, 0, 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${(deepest + 4) * ROW}" font-family="monospace" font-size="10.5">`,
    `<text x="4" y="14" font-size="13">${escape(title)}</text>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function nameOf({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  const file = url.replace(/^.*\/(?=(dist|node_modules)\/)/, '').replace(/^file:\/\//, '');
  return (functionName || '(anonymous)') + (file === '' ? '' : ` ${file}:${lineNumber + 1}`);
}

/** Frames of one name become one, the busiest first. */
function mergeFrames(list: Frame[]): Frame[] {
  const byName = new Map<string, Frame>();
  for (const frame of list) {
    const same = byName.get(frame.name);
    const merged =
      same === undefined
        ? frame
        : {
            name: frame.name,
            totalUs: same.totalUs + frame.totalUs,
            children: mergeFrames([...same.children, ...frame.children]),
          };
    byName.set(frame.name, merged);
  }
  return [...byName.values()].sort((a, b) => b.totalUs - a.totalUs);
}

function colour(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  // Ours warm, libraries blue, Node and V8 grey.
  if (name.includes(' dist/')) return `hsl(${15 + (hash % 40)},85%,68%)`;
  return name.includes('node_modules/') ? `hsl(${200 + (hash % 30)},60%,75%)` : `hsl(0,0%,${80 + (hash % 10)}%)`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

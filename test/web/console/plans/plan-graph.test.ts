import { describe, expect, test } from 'vitest';
import type { Item } from '../../../../src/web/console/plans/items.js';
import { draw } from '../../../../src/web/console/plans/map/layout.js';
import { hrefOf, passedIn, planGraph } from '../../../../src/web/console/plans/map/plan-graph.js';
import type { LintProblem } from '../../../../src/web/console/plans/types.js';
import { forms, speaker } from './plan-harness.js';

const items: Item[] = [
  {
    section: 'settings',
    key: 'company',
    body: { orders: { menus: { waiting: { keys: { '1': [{ go_to_part: 'order' }] } } } } },
  },
  {
    section: 'lines',
    key: '+420222333444',
    body: { number: '+420222333444', name: 'Sales', plan: ['answer', { go_to_part: 'menu' }] },
  },
  {
    section: 'parts',
    key: 'menu',
    body: [
      {
        menu: {
          prompt: 1,
          keys: {
            '1': [{ hours: { weekly: {}, open: [{ go_to_part: 'operator' }], closed: ['hang_up'] } }],
            '2': [{ go_to_part: 'operator' }],
            '9': [{ hand_over: { url: 'https://shop.example/launch.php' } }],
          },
          no_input: [{ go_to_part: 'gone' }],
        },
      },
      { go_to_part: 'menu' },
    ],
  },
  { section: 'parts', key: 'operator', body: [{ enqueue: { queue: 1 } }, { ring: { handset: 'tester' } }, 'hang_up'] },
  { section: 'parts', key: 'order', body: [{ ring: { number: '+420777888999' } }] },
  { section: 'parts', key: 'attic', body: [{ go_to_part: 'cellar' }] },
  { section: 'parts', key: 'cellar', body: [{ enqueue: { queue: 7 } }] },
];

const problems: LintProblem[] = [
  { path: 'parts/menu/0/menu/no_input/0', severity: 'error', message: 'no such part' },
  { path: 'parts/menu2', severity: 'warning', message: 'of another part' },
].map((problem) => problem as LintProblem);

// The speaker of the tests names `operator` only.
const named = { ...speaker, nameOf: (kind: string, id: string | number) => nameOf(kind, id) };
const nameOf = (kind: string, id: string | number) =>
  kind === 'part' && items.some(({ section, key }) => section === 'parts' && key === id)
    ? String(id)
    : speaker.nameOf(kind as 'queue', id);

const graphOf = (given: readonly Item[] = items) =>
  planGraph({
    items: given,
    problems,
    speaker: named,
    titleOf: ({ name, number }) => name ?? number,
    words: { orders: 'Order menus', hangUp: 'Hang up' },
  });

describe('the graph of the call plans', () => {
  const graph = graphOf();
  const node = (id: string) => graph.nodes.find((each) => each.id === id);
  const ways = (from: string, to: string) =>
    graph.edges.find((edge) => edge.from === from && edge.to === to)?.ways.map(({ label, path }) => [label, path]);

  test('has every line and part, and where callers leave the plans', () => {
    expect(graph.nodes.map(({ id, name }) => [id, name])).toEqual([
      ['orders', 'Order menus'],
      ['lines/+420222333444', 'Sales'],
      ['parts/menu', 'menu'],
      ['parts/operator', 'operator'],
      ['parts/order', 'order'],
      ['parts/attic', 'attic'],
      ['parts/cellar', 'cellar'],
      ['hangUp parts/menu', 'Hang up'],
      ['shop shop.example', 'shop.example'],
      ['parts/gone', 'gone'],
      ['queue 1', 'Callers'],
      ['handset tester', 'Tester'],
      ['hangUp parts/operator', 'Hang up'],
      ['phone +420777888999', '+420777888999'],
      ['queue 7', '7'],
    ]);
  });

  test('labels each way with its keys and conditions, and knows its step', () => {
    expect(ways('lines/+420222333444', 'parts/menu')).toEqual([['', '1']]);
    expect(ways('parts/menu', 'parts/operator')).toEqual([
      ['1 › open', '0/menu/keys/1/0/hours/open/0'],
      ['2', '0/menu/keys/2/0'],
    ]);
    expect(ways('parts/menu', 'hangUp parts/menu')).toEqual([['1 › closed', '0/menu/keys/1/0/hours/closed/0']]);
    expect(ways('parts/menu', 'shop shop.example')).toEqual([['9', '0/menu/keys/9/0']]);
    expect(ways('parts/menu', 'parts/menu')).toEqual([['', '1']]);
    const [edge] = graph.edges.filter(({ to }) => to === 'parts/gone');
    expect(edge?.ways.map(hrefOf)).toEqual(['/plans/parts/menu?step=0%2Fmenu%2Fno_input%2F0']);
  });

  test('marks what nobody reaches, what does not exist, and what has problems', () => {
    expect(graph.nodes.filter(({ isReached }) => !isReached).map(({ name }) => name)).toEqual(['attic', 'cellar']);
    expect(graph.nodes.filter(({ isMissing }) => isMissing).map(({ id }) => id)).toEqual(['parts/gone', 'queue 7']);
    expect(node('parts/menu')).toMatchObject({ problems: 1, hasErrors: true });
    expect(node('parts/operator')).toMatchObject({ problems: 0, href: '/plans/parts/operator' });
    expect(node('parts/gone')?.href).toBeUndefined();
    expect(node('queue 1')?.href).toBe('/queues/1');
  });

  test('follows a simulated call', () => {
    const passed = passedIn(graph, [
      'lines/+420222333444/plan/0',
      'lines/+420222333444/plan/1',
      'parts/menu/0',
      'parts/menu/0/menu/keys/9/0',
    ]);
    expect([...passed.nodes]).toEqual(['lines/+420222333444', 'parts/menu', 'shop shop.example']);
  });

  test('knows every action that leads somewhere by its form', () => {
    const leads = [...forms.values()].filter(({ name, fields }) =>
      fields.some(({ kind }) => ['part', 'queue', 'handset', 'phone_number', 'url'].includes(kind) && name !== ''),
    );
    for (const { name, fields } of leads) {
      const field = fields.find(({ kind }) => ['part', 'queue', 'handset', 'phone_number', 'url'].includes(kind));
      const value = field?.kind === 'url' ? 'https://shop.example/' : 'x';
      const action = field?.name === '' ? { [name]: value } : { [name]: { [field?.name ?? '']: value } };
      const { edges } = graphOf([{ section: 'parts', key: 'a', body: [action] }]);
      expect(edges, name).toHaveLength(1);
    }
    expect([...forms.values()].filter(({ ends }) => ends).map(({ name }) => name)).toEqual(['go_to_part', 'hang_up']);
  });
});

describe('the drawing', () => {
  test('has a place for every node and a line for every edge, without overlaps', () => {
    const { nodes, edges, width, height } = draw(graphOf(), new Map([['parts/gone', 'does not exist']]));
    expect(nodes).toHaveLength(15);
    expect(edges.every(({ line, arrow }) => /^M[\d.]+,[\d.]+[LQ]/.test(line) && arrow.endsWith('Z'))).toBe(true);
    for (const [index, a] of nodes.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height).toBe(true);
      for (const b of nodes.slice(index + 1)) {
        const beside = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(beside, `${a.node.id} ${b.node.id}`).toBe(true);
      }
    }
  });

  test('of a part that leads to itself has a loop from the node and back to it', () => {
    const { nodes, edges } = draw(graphOf(), new Map());
    const box = nodes.find(({ node }) => node.id === 'parts/menu') ?? expect.unreachable();
    const loop = edges.find(({ edge }) => edge.from === 'parts/menu' && edge.to === 'parts/menu');
    const points = [...(loop?.line ?? '').matchAll(/([\d.]+),([\d.]+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
    expect(points.length).toBeGreaterThan(2);
    for (const end of [points.at(0), points.at(-1)])
      expect([end?.x === box.x + box.width, end?.y === box.y + box.height]).toContain(true);
  });

  test('of no plans is empty', () => {
    expect(draw({ nodes: [], edges: [] }, new Map())).toMatchObject({ nodes: [], edges: [] });
  });
});

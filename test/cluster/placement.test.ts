import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsOf, orderOf, placementOf } from '../../src/cluster/placement.js';
import { companySchema, type Company } from '../../src/company/company.js';
import { anyCompany } from '../call-plan/any-company.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const nodes = fc.subarray(NAMES, { minLength: 1 });

const company = (document: object): Company => companySchema.parse({ version: 1, ...document });

describe('the components of a company', () => {
  it('are queues with common handsets, and the lines and handsets that lead to each other', () => {
    const shared = company({
      handsets: ['h1', 'h2', 'h3', 'h4', 'h5'].map((name) => ({ name })),
      queues: [
        { id: 7, name: 'night', handsets: ['h3'] },
        { id: 12, name: 'sales', handsets: ['h1', 'h2'] },
        { id: 3, name: 'service', handsets: ['h2'] },
      ],
      parts: { night: [{ enqueue: { queue: 7 } }] },
      lines: [
        { number: '+420111111111', plan: [{ enqueue: { queue: 12 } }] },
        { number: '+420222222222', plan: [{ menu: { prompt: 1, keys: { 9: [{ go_to_part: 'night' }] } } }] },
        { number: '+420333333333', queue: 3, plan: ['answer'] },
        { number: '+420444444444', plan: [{ ring: { handset: 'h4' } }] },
        { number: '+420555555555', plan: ['answer'] },
      ],
    });
    expect(componentsOf(shared)).toEqual([
      { id: 'queue 3', queues: [3, 12], handsets: ['h1', 'h2'], lines: ['+420111111111', '+420333333333'] },
      { id: 'queue 7', queues: [7], handsets: ['h3'], lines: ['+420222222222'] },
      { id: 'handset h4', queues: [], handsets: ['h4'], lines: ['+420444444444'] },
      { id: 'handset h5', queues: [], handsets: ['h5'], lines: [] },
      { id: 'line +420555555555', queues: [], handsets: [], lines: ['+420555555555'] },
    ]);
  });

  it('of any company have everything once, and a queue with all its handsets', () => {
    fc.assert(
      fc.property(anyCompany, (any) => {
        const components = componentsOf(any);
        const numbers = new Set(any.lines.map(({ number }) => number));
        expect(components.flatMap(({ lines }) => lines).sort()).toEqual([...numbers].sort());
        const queues = components.flatMap((component) => component.queues);
        expect(new Set(queues).size).toBe(queues.length);
        for (const { id, handsets } of any.queues)
          expect(components.find(({ queues }) => queues.includes(id))?.handsets).toEqual(
            expect.arrayContaining([...handsets]),
          );
      }),
    );
  });
});

describe('the nodes of a component', () => {
  it('are different ones: its home and at most two more', () => {
    fc.assert(
      fc.property(fc.string(), nodes, (id, among) => {
        const order = orderOf(id, among);
        expect(new Set(order).size).toBe(Math.min(3, among.length));
        expect(among).toEqual(expect.arrayContaining([...order]));
        expect(orderOf(id, [...among].reverse())).toEqual(order);
      }),
    );
  });

  it('stay when a node is added, except for what moves to it', () => {
    fc.assert(
      fc.property(fc.string(), fc.subarray(NAMES.slice(1), { minLength: 1 }), (id, before) => {
        const after = orderOf(id, [...before, 'a']);
        if (after[0] !== 'a') expect(after[0]).toBe(orderOf(id, before)[0]);
      }),
    );
  });

  it('move up when a node is removed', () => {
    fc.assert(
      fc.property(fc.string(), fc.subarray(NAMES, { minLength: 2 }), (id, before) => {
        const [home, next] = orderOf(id, before);
        expect(
          orderOf(
            id,
            before.filter((node) => node !== home),
          )[0],
        ).toBe(next);
      }),
    );
  });

  it('are as good as evenly spread', () => {
    const homes = Array.from({ length: 1000 }, (_, index) => orderOf(`queue ${index}`, NAMES)[0]);
    for (const node of NAMES) expect(homes.filter((home) => home === node).length).toBeGreaterThan(140);
  });

  it('do not change for any company when a queue of its own is added', () => {
    fc.assert(
      fc.property(anyCompany, nodes, (any, among) => {
        const before = placementOf(any, among);
        const [queue] = company({ queues: [{ id: 99_999, name: 'new' }] }).queues;
        const after = placementOf({ ...any, queues: [...any.queues, ...(queue ? [queue] : [])] }, among);
        expect(after.lines).toEqual(before.lines);
        expect(after.handsets).toEqual(before.handsets);
      }),
    );
  });
});

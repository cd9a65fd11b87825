import { expect, test } from 'vitest';
import { flameGraph, frames, type CpuProfile } from './flame-graph.js';

const node = (id: number, functionName: string, children: number[] = []): CpuProfile['nodes'][number] => ({
  id,
  callFrame: { functionName, url: functionName === 'step' ? 'file:///x/dist/kernel/runtime.js' : '', lineNumber: 9 },
  children,
});

const profile: CpuProfile = {
  nodes: [
    node(1, '(root)', [2, 3, 4]),
    node(2, 'step', [5]),
    node(3, 'step', [6]),
    node(4, '(idle)'),
    node(5, 'a'),
    node(6, 'a'),
  ],
  samples: [2, 5, 6, 4, 3],
  timeDeltas: [100, 200, 300, 5000, 50],
};

test('calls from one place are one frame, and time in which nothing ran is left out', () => {
  expect(frames(profile)).toEqual({
    name: '(root)',
    totalUs: 650,
    children: [
      {
        name: 'step dist/kernel/runtime.js:10',
        totalUs: 650,
        children: [{ name: 'a', totalUs: 500, children: [] }],
      },
    ],
  });
});

test('the graph holds each frame with its part of the time', () => {
  const svg = flameGraph(frames(profile), 'a <run>');
  expect(svg).toContain('<title>a: 0.5 ms, 76.9 %</title>');
  expect(svg).toContain('a &#60;run&#62;');
  expect(svg.match(/<rect /g)).toHaveLength(3);
});

test('frames too narrow to be seen are left out', () => {
  const root = { name: 'all', totalUs: 1e6, children: [{ name: 'tiny', totalUs: 10, children: [] }] };
  expect(flameGraph(root, '')).not.toContain('tiny');
});

test('an empty profile is an empty graph', () => {
  expect(frames({ nodes: [] })).toEqual({ name: '(root)', totalUs: 0, children: [] });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlowChange } from '../../src/kernel/store.js';
import { hook, news, OK, OutboxHarness, START } from './webhook-harness.js';

let harness: OutboxHarness;
beforeEach(async () => {
  harness = await OutboxHarness.start(() => OK, [hook(), hook({ name: 'second' })]);
});
afterEach(() => harness.stop());

const summary = {
  line: '+420222333444',
  caller: '',
  direction: 'incoming',
  startedAt: 1,
  answeredAt: null,
  endedAt: null,
  endedBy: null,
  at: 'menu',
} as const;

function change(flowId: string, more: Partial<FlowChange> = {}): FlowChange {
  const step = {
    kind: 'toy',
    startedAt: 1,
    program: { hash: 'h', body: {} },
    state: {},
    pending: [],
    summary,
    over: false,
  };
  return { flowId, at: START, step, log: [], ...more };
}

describe('what a step tells', () => {
  it('is stored with it, for each webhook', async () => {
    await harness.store.commit([change('c_1', { news: [news('call_started', 1, START)] })]);
    const rows = await harness.deliveries();
    expect(rows.map((row) => [row.hook, row.event, row.flow_id])).toEqual([
      ['shop', 'call_started', 'c_1'],
      ['second', 'call_started', 'c_1'],
    ]);
    expect(await harness.store.statusOf('c_1')).toBe('running');
  });

  it('is not stored when the step is not', async () => {
    const broken = change('c_2', { log: [{ seq: 0, at: 1, kind: null as unknown as string, data: {} }] });
    const told = change('c_1', { news: [news('call_started', 1, START)] });
    await expect(harness.store.commit([told, broken])).rejects.toThrow(/NOT NULL/);
    expect(await harness.deliveries()).toEqual([]);
    expect(await harness.store.statusOf('c_1')).toBeUndefined();
    await harness.settle();
    expect(harness.seen).toEqual([]);
  });

  it('takes the step with it when it cannot be stored itself', async () => {
    const unwritable = { ...news('call_started', 1, START), seq: null as unknown as number };
    await expect(harness.store.commit([change('c_1', { news: [unwritable] })])).rejects.toThrow(/NOT NULL/);
    expect(await harness.store.statusOf('c_1')).toBeUndefined();
  });

  it('is delivered once when the same changes are stored twice', async () => {
    const told = [change('c_1', { news: [news('call_started', 1, START)] })];
    await harness.store.commit(told);
    await harness.store.commit(told);
    await harness.passTo(START + 1);
    expect(harness.seen.map((one) => one.hook).sort()).toEqual(['second', 'shop']);
  });
});

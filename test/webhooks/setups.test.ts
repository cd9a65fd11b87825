import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LineSetup } from '../../src/webhooks/contract.js';
import { DOWN, hook, HOUR, news, OK, OutboxHarness, START, type Reaction } from './webhook-harness.js';

/** How a shop learns from webhooks what there is on a line. */

const LINE = '+420222333444';
const setup: LineSetup = {
  line: { number: LINE, name: 'Linka' },
  queues: [{ id: 12, name: 'Fronta' }],
  handsets: [{ label: 'telefon-kancelář', queue: 12 }],
};

let dir: string;
let harness: OutboxHarness;
let reaction: Reaction;

beforeEach(async () => {
  reaction = OK;
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-setups-'));
  harness = await open();
});

afterEach(async () => {
  await harness.stop();
  await rm(dir, { recursive: true, force: true });
});

async function open(): Promise<OutboxHarness> {
  const opened = await OutboxHarness.start(() => reaction, [hook()], path.join(dir, 'outbox.db'));
  opened.lines.set(LINE, setup);
  return opened;
}

/** One call from start to end; resolves with the setups that its deliveries carry. */
async function call(id: string): Promise<unknown[]> {
  for (const [index, event] of (['call_started', 'answered', 'hangup'] as const).entries()) {
    await harness.tell(id, news(event, index + 1, harness.clock.now()));
    await harness.passTo(harness.clock.now() + 10);
  }
  const stored = (await harness.deliveries()).filter(({ flow_id }) => flow_id === id);
  return stored.map(({ body }) => (JSON.parse(body) as { setup?: unknown }).setup ?? null);
}

const TOLD = { ...setup, line: { number: '222333444', name: 'Linka' } };

it('the first webhook of a line carries it, and no other after that was taken', async () => {
  expect(await call('c_1')).toEqual([TOLD, null, null]);
  expect(await call('c_2')).toEqual([null, null, null]);
});

it('every webhook carries it until one was taken', async () => {
  reaction = DOWN;
  expect(await call('c_1')).toEqual([TOLD, TOLD, TOLD]);
  expect(await call('c_2')).toEqual([TOLD, TOLD, TOLD]);
  reaction = OK;
  await harness.passTo(START + 2 * HOUR);
  expect(await call('c_3')).toEqual([null, null, null]);
});

it('comes again when it has changed, and when the shop has moved', async () => {
  await call('c_1');
  harness.lines.set(LINE, { ...setup, handsets: [] });
  expect(await call('c_2')).toEqual([{ ...TOLD, handsets: [] }, null, null]);
  harness.hooks = [hook({ url: 'http://127.0.0.1:10/elsewhere/' })];
  expect(await call('c_3')).toEqual([{ ...TOLD, handsets: [] }, null, null]);
  expect(await call('c_4')).toEqual([null, null, null]);
});

it('reaches each webhook, also one that hears only of the end', async () => {
  harness.hooks = [hook(), hook({ name: 'crm', events: ['hangup'] })];
  harness.couriers.changed();
  await call('c_1');
  const carried = (await harness.deliveries()).filter(({ setup_mark }) => setup_mark !== null);
  expect(carried.map(({ hook: name, event }) => `${name} ${event}`)).toEqual(['shop call_started', 'crm hangup']);
});

it('what was taken is known after a restart', async () => {
  await call('c_1');
  await harness.stop();
  harness = await open();
  expect(await call('c_2')).toEqual([null, null, null]);
});

it('a line that is gone meanwhile has none', async () => {
  harness.lines.clear();
  expect(await call('c_1')).toEqual([null, null, null]);
});

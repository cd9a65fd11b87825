import { afterEach, beforeEach, expect, test } from 'vitest';
import { courseOf, firstDifference, fixtureOf, hungUpIn } from '../../src/calls/replay.js';
import { EffectSender } from '../../src/http/effect-sender.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createLogger } from '../../src/lib/logger.js';
import { readDocument } from '../../src/company/document/document.js';
import { simulate, type SimulatedCall, type SimulationRequest } from '../../src/simulator/simulate.js';

/** A call is recorded, exported, and repeated on the same plan and on a changed one. */

const LINE = '+420222333444';
const PLAN = `
version: 1
queues: [{ id: 1, name: Queue }, { id: 2, name: Other }]
prompts: [{ id: 1, name: a, sound: a }, { id: 2, name: b, sound: b }, { id: 3, name: c, sound: c }, { id: 4, name: d, sound: d }]
`;

function companyWith(plan: string) {
  const yaml = `${PLAN}lines: [{ number: '${LINE}', plan: ${plan} }]\n`;
  const read = readDocument(yaml, 'test');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.document.company;
}

const MENU = (keys: string) =>
  `[answer, { menu: { prompt: 1, timeout: 2s, retries: 1, keys: { ${keys} } } }, { play: 3 }, hang_up]`;
const QUEUE_AND_SHOP = MENU(
  `'1': [{ enqueue: { queue: 1, label: x } }], '9': [{ hand_over: { url: 'http://127.0.0.1:1/', filler_prompt: 2, filler_after: 300ms, fallback_prompt: 4 } }]`,
);

let client: OutboundClient;
beforeEach(() => {
  client = new OutboundClient();
});
afterEach(() => client.close());

function run(plan: string, request: Omit<SimulationRequest, 'line'>): Promise<SimulatedCall> {
  return simulate(
    companyWith(plan),
    { line: LINE, at: '2026-11-21T10:00:00Z', ...request },
    {
      contract: telfaHandOver,
      durationOf: ({ sound }) => (sound === undefined ? undefined : 1000),
      http: new EffectSender(client),
      logger: createLogger({ level: 'silent' }),
    },
  );
}

/** The fixture of a call with this timeline. */
function exported({ timeline, startedAt, caller }: SimulatedCall) {
  const summary = { line: LINE, caller, direction: 'incoming' as const, startedAt, answeredAt: null, endedAt: null };
  return fixtureOf({ summary: { ...summary, endedBy: null, at: 'ended' } }, timeline);
}

async function difference(recorded: SimulatedCall, plan: string): Promise<number | null> {
  const { request, course } = exported(recorded);
  return firstDifference(course, courseOf((await run(plan, request)).timeline), hungUpIn(course));
}

const ASK = { action: 'prompt', prompt: 2, max: 10, timeout: 2 };

test.each<[string, Omit<SimulationRequest, 'line'>]>([
  ['a key that leads to a queue', { keys: '1', stub: [] }],
  ['no key, and then a wrong one', { keys: ',5', stub: [] }],
  ['a slow shop, over whose filler the caller waits', { keys: '9', stub: [{ delay: '2s', body: {} }] }],
  ['a shop that fails', { keys: '9', stub: [{ status: 500 }] }],
  ['an order number that the shop asked for', { keys: '9,1004#', stub: [ASK, {}], caller: '+420777888999' }],
])('%s happens again on the same plan', async (_, request) => {
  const recorded = await run(QUEUE_AND_SHOP, request);
  expect(courseOf(recorded.timeline).length).toBeGreaterThan(3);
  expect(await difference(recorded, QUEUE_AND_SHOP)).toBeNull();
});

test('a changed plan differs from the step on that was changed', async () => {
  const recorded = await run(QUEUE_AND_SHOP, { keys: '1', stub: [] });
  const { course } = exported(recorded);
  expect(course.at(-1)).toEqual({ kind: 'queued', data: { queue: 1, label: 'x' } });
  expect(await difference(recorded, QUEUE_AND_SHOP.replace('queue: 1', 'queue: 2'))).toBe(course.length - 1);
  expect(await difference(recorded, QUEUE_AND_SHOP.replace('menu: { prompt: 1', 'menu: { prompt: 3'))).toBe(
    course.findIndex(({ kind }) => kind === 'prompt'),
  );
});

test('a caller who hung up is compared as far as they came', () => {
  const heard = [{ kind: 'prompt', data: { prompts: [1] } }];
  const now = [...heard, { kind: 'prompt', data: { prompts: [2] } }];
  expect(hungUpIn(heard)).toBe(true);
  expect(firstDifference(heard, now, true)).toBeNull();
  expect(firstDifference(heard, now, false)).toBe(1);
  expect(hungUpIn([...heard, { kind: 'hang_up', data: { by: 'plan' } }])).toBe(false);
});

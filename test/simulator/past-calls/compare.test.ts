import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinePrograms } from '../../../src/call-plan/line-programs.js';
import { planFlow } from '../../../src/call-plan/plan-flow.js';
import { telfaHandOver } from '../../../src/integrations/telfa/hand-over.js';
import type { Company } from '../../../src/company/company.js';
import { comparePastCall, type PastCall } from '../../../src/simulator/past-calls/compare.js';
import type { SimulationRequest } from '../../../src/simulator/simulate.js';
import { call, companyOf, LINE, shopDocument } from '../shop-company.js';

const flow = planFlow(telfaHandOver);
const company = companyOf(shopDocument);
const edited = (from: string, to: string) => {
  expect(shopDocument).toContain(from);
  return companyOf(shopDocument.replace(from, to));
};

function programOf(of: Company, at: number) {
  const [line] = of.lines;
  if (line === undefined) throw new Error('the company has no line');
  return new LinePrograms(telfaHandOver).of(of, line, { caller: '+420601000001', at });
}

async function past(request: Omit<SimulationRequest, 'line'>): Promise<PastCall> {
  const { startedAt, timeline } = await call(company, request);
  return {
    id: 'c_simulated',
    startedAt,
    // As it is read from the database.
    timeline: JSON.parse(JSON.stringify(timeline)) as PastCall['timeline'],
    program: programOf(company, startedAt),
  };
}

async function compare(request: Omit<SimulationRequest, 'line'>, next: Company) {
  const one = await past(request);
  return comparePastCall(one, programOf(next, one.startedAt), flow);
}

/** Calls of every kind: keys, silence, shop, queue, hours. */
const anyCall: fc.Arbitrary<Omit<SimulationRequest, 'line'>> = fc.record({
  keys: fc.array(fc.constantFrom('', '1', '2', '5', '9', '1001#', '12'), { maxLength: 4 }),
  at: fc.constantFrom('2026-12-21 10:00', '2026-12-21 16:59:58', '2026-12-23 10:00', '2026-12-25 12:00'),
  nobodyAnswers: fc.boolean(),
  answering: fc.record({
    handset: fc.constantFrom('tester', 'eva', undefined),
    afterMs: fc.constantFrom(500, 5000, 15_000),
  }),
  stub: fc.array(
    fc.constantFrom<unknown>(
      {},
      { silent: true },
      { status: 500 },
      { delay: '4s', body: { action: 'menu', recording_id: 20 } },
      { action: 'menu', recording_id: 20, max: 4 },
      { action: 'play', recording_id: 5 },
      { action: 'transfer_to_group', call_group_id: 1 },
      { action: 'hangup' },
    ),
    { maxLength: 4 },
  ),
});

describe('a past call', () => {
  it('takes the same course with the same plan, whatever happened in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyCall, async (request) => {
        expect(await compare(request, company)).toEqual({ result: 'same' });
      }),
      { numRuns: 60 },
    );
  });

  it('takes the same course with orders, a number that is called, and digits that are collected', async () => {
    const taxi = companyOf(`
version: 1
dial_policy: { countries: [CZ] }
handsets: [{ name: tester }]
queues: [{ id: 1, name: Dispatch, handsets: [tester], join_prompt: 3 }]
prompts:
  - { id: 1, name: Menu, sound: main-menu }
  - { id: 2, name: Number, sound: enter-order-number }
  - { id: 3, name: Moment, sound: one-moment }
orders: { menus: { arrived: { prompt: 1, keys: { '1': [{ connect: { party: driver, timeout: 10s } }] } } } }
lines:
  - number: '${LINE}'
    queue: 1
    call_back: true
    plan:
      - answer
      - order_status
      - collect: { prompt: 2, save_as: pin, max: 4, min: 2 }
      - ring: { number: '+420777888999', timeout: 10s }
      - enqueue: { queue: 1, exit_key: '*', timeout: 30s }
`);
    const anyTaxiCall = fc.record({
      order: fc.constantFrom('arrived', 'accepted', undefined),
      keys: fc.array(fc.constantFrom('', '1', '2', '12', '1234'), { maxLength: 3 }),
      nobodyAnswers: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(anyTaxiCall, async (request) => {
        const { startedAt, timeline } = await call(taxi, request);
        const program = programOf(taxi, startedAt);
        const one = { id: 'c_simulated', startedAt, timeline, program };
        expect(comparePastCall(one, program, flow)).toEqual({ result: 'same' });
      }),
      { numRuns: 40 },
    );
  });

  it('takes the same course with a plan that only is arranged in another way', async () => {
    const entry = companyOf(
      shopDocument
        .replace('{ go_to_part: main }] }]', '{ go_to_part: entry }] }]')
        .replace('parts:\n', 'parts:\n  entry: [{ go_to_part: main }]\n'),
    );
    await fc.assert(
      fc.asyncProperty(anyCall, async (request) => {
        expect(await compare(request, entry)).toEqual({ result: 'same' });
      }),
      { numRuns: 20 },
    );
  });
});

describe('a planted change is found', () => {
  const queue = { type: 'queue', queue: 1 };
  const prompts = (...ids: number[]) => ({ type: 'prompts', prompts: ids });

  it.each<[string, Omit<SimulationRequest, 'line'>, Company, object]>([
    [
      'other hours: closed in place of the queue',
      { keys: ['2'] },
      edited("mon: [{ from: '08:00', to: '17:00' }]", 'mon: []'),
      { result: 'different', key: '2', was: queue, would: prompts(5) },
    ],
    [
      'a key leads elsewhere',
      { keys: ['2'] },
      edited("'2': [{ go_to_part: operator }]", "'2': [hang_up]"),
      { result: 'different', key: '2', was: queue, would: { type: 'hang_up', cause: 'normal' } },
    ],
    [
      'another prompt in the menu',
      { keys: ['2'] },
      edited('prompt: 1\n        retries', 'prompt: 20\n        retries'),
      { result: 'different', key: null, was: prompts(1), would: prompts(20) },
    ],
    [
      'fewer repetitions of the menu',
      { keys: ['', '2'] },
      edited('retries: 1', 'retries: 0'),
      { result: 'different', key: null, was: prompts(1), would: prompts(6) },
    ],
    [
      'a shorter wait in the queue that was in vain anyhow: nothing else',
      { keys: ['2'], nobodyAnswers: true },
      edited('timeout: 40s', 'timeout: 20s'),
      { result: 'same' },
    ],
    [
      'a wait that ends before the answer',
      { keys: ['2'], answering: { afterMs: 8000 } },
      edited('timeout: 40s', 'timeout: 5s'),
      { result: 'different', key: '2', would: prompts(4) },
    ],
    [
      'a filler that comes earlier than the answer',
      { keys: ['9'], stub: [{ delay: '1s', body: { action: 'hangup' } }] },
      edited('filler_after: 2s', 'filler_after: 500ms'),
      { result: 'different', key: '9', was: { type: 'hang_up', cause: 'normal' }, would: prompts(3) },
    ],
    [
      'a filler that comes later than the answer',
      { keys: ['9'], stub: [{ delay: '4s', body: { action: 'hangup' } }] },
      edited('filler_after: 2s', 'filler_after: 6s'),
      { result: 'different', key: '9', was: prompts(3), would: { type: 'hang_up', cause: 'normal' } },
    ],
    [
      'another shop',
      { keys: ['9'] },
      edited('http://127.0.0.1:1/', 'http://127.0.0.1:2/'),
      { result: 'different', key: '9', was: { type: 'shop' }, would: { type: 'shop', url: 'http://127.0.0.1:2/' } },
    ],
    ['a change in another branch', { keys: ['1'] }, edited('timeout: 40s', 'timeout: 20s'), { result: 'same' }],
  ])('%s', async (_name, request, next, expected) => {
    expect(await compare(request, next)).toMatchObject(expected);
  });
});

describe('a call is unclear', () => {
  it('when the gateway was down meanwhile', async () => {
    const one = await past({ keys: ['2'] });
    const timeline = [...one.timeline.slice(0, 4), { at: 0, kind: 'recovered', data: {} }, ...one.timeline.slice(4)];
    expect(comparePastCall({ ...one, timeline }, one.program, flow)).toEqual({ result: 'unclear' });
  });

  it('when its timeline is not that of its program', async () => {
    const one = await past({ keys: ['2'] });
    const other = programOf(edited("'2': [{ go_to_part: operator }]", "'2': [hang_up]"), one.startedAt);
    expect(comparePastCall({ ...one, program: other }, other, flow)).toEqual({ result: 'unclear' });
  });
});

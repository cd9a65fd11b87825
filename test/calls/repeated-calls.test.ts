import { beforeEach, expect, it } from 'vitest';
import type { FlowSummary } from '../../src/kernel/flow.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { PlanCallControl, type CallControlOptions } from '../../src/calls/call-control.js';
import { companySchema } from '../../src/company/company.js';

const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'] },
  prompts: [{ id: 1, name: 'Hello', sound: 'hello' }],
  handsets: [{ name: 'sales' }, { name: 'office' }],
  lines: [
    { number: '+420222333444', plan: ['answer', 'hang_up'] },
    { number: '+420222333555', plan: ['answer', 'hang_up'] },
  ],
});

type Stands = Pick<FlowSummary, 'at'> & { talks?: boolean };

let stands: Map<string, Stands>;
let refusesToStart = false;
let control: PlanCallControl;

beforeEach(() => {
  stands = new Map();
  refusesToStart = false;
  const runtime: CallControlOptions['runtime'] = {
    get running() {
      return refusesToStart ? ['other'] : [];
    },
    async beginStored(_kind, callId) {
      await new Promise((resolve) => setImmediate(resolve));
      stands.set(callId, { at: 'dialling' });
      return true;
    },
    request: () => Promise.resolve(undefined),
    summary: (callId) => {
      const call = stands.get(callId);
      if (call === undefined) return undefined;
      const talk = call.talks === true ? { who: { number: '+420777888999' }, since: 1 } : null;
      return { at: call.at, endedAt: null, live: { talk } } as unknown as FlowSummary;
    },
  };
  control = new PlanCallControl({
    runtime,
    statusOf: () => Promise.resolve(undefined),
    contract: telfaHandOver,
    asterisk: { usable: true },
    maxCalls: 1,
    recordListening: () => Promise.resolve(),
    clock: { now: () => 1 } as unknown as CallControlOptions['clock'],
    company: () => company,
    prompts: { resolve: () => Promise.resolve({ media: [] }) } as unknown as CallControlOptions['prompts'],
  });
});

const call = { handset: 'sales', number: '777888999' };
const idOf = (begun: Awaited<ReturnType<PlanCallControl['call']>>): string => {
  if (!begun.ok) throw new Error(begun.detail);
  return begun.callId;
};

it('two equal requests at once are one call', async () => {
  const [first, second] = await Promise.all([
    control.call(call),
    control.call({ ...call, number: '+420 777 888 999' }),
  ]);
  expect(second).toEqual(first);
  expect(stands.size).toBe(1);
  expect(await control.call(call)).toEqual(first);
});

it('an announcement likewise', async () => {
  const announcement = { number: '777888999', say: { prompt: 1 } };
  const [first, second] = await Promise.all([control.announce(announcement), control.announce(announcement)]);
  expect(second).toEqual(first);
  expect(await control.announce({ number: '777888998', say: { prompt: 1 } })).not.toEqual(first);
  expect(stands.size).toBe(2);
});

it.each([
  ['another number', { ...call, number: '777888998' }],
  ['another handset', { ...call, handset: 'office' }],
  ['a mobile', { mobile: '777000111', number: call.number }],
  ['another line', { ...call, line: '+420222333555' }],
  ['an id that was chosen', { ...call, callId: 'c_chosen' }],
])('%s is another call', async (_what, other) => {
  const first = idOf(await control.call(call));
  expect(idOf(await control.call(other))).not.toBe(first);
  expect(stands.size).toBe(2);
});

it('is one call while the number rings, and another once it talks or is over', async () => {
  const first = idOf(await control.call(call));
  stands.set(first, { at: 'ring' });
  expect(idOf(await control.call(call))).toBe(first);
  stands.set(first, { at: 'ring', talks: true });
  const second = idOf(await control.call(call));
  expect(second).not.toBe(first);
  stands.delete(second);
  expect(idOf(await control.call(call))).not.toBe(second);
});

it('a call that could not be started is tried again', async () => {
  refusesToStart = true;
  expect(await control.call(call)).toMatchObject({ ok: false, why: 'unavailable' });
  refusesToStart = false;
  expect(await control.call(call)).toMatchObject({ ok: true });
});

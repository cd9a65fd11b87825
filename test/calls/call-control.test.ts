import { expect, it } from 'vitest';
import { OVER } from '../../src/kernel/flow.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { PlanCallControl, type CallControlOptions } from '../../src/calls/call-control.js';
import { companySchema } from '../../src/company/company.js';

const company = companySchema.parse({
  version: 1,
  dial_policy: { countries: ['CZ'] },
  handsets: [{ name: 'sales' }],
  lines: [{ number: '+420222333444', plan: ['answer', 'hang_up'] }],
});

let isOver = true;
const runtime: CallControlOptions['runtime'] = {
  running: [],
  beginStored: () => Promise.resolve(true),
  request: () => Promise.resolve(isOver ? { refusal: { why: OVER, detail: 'it is over already' } } : {}),
  summary: () => undefined,
};

const listened: unknown[] = [];

const control = new PlanCallControl({
  runtime,
  // While an effect of the call is pending.
  statusOf: () => Promise.resolve('running'),
  contract: telfaHandOver,
  asterisk: { usable: true },
  maxCalls: 1,
  recordListening: (call, handset) => {
    listened.push({ call, handset });
    return Promise.resolve();
  },
  clock: { now: () => 1 } as unknown as CallControlOptions['clock'],
  company: () => company,
  prompts: { resolve: () => Promise.resolve({ media: [] }) } as unknown as CallControlOptions['prompts'],
});

it('a call that has just ended refuses commands, but may be hung up', async () => {
  expect(await control.transfer('c_1', { handset: 'sales' })).toMatchObject({ ok: false, why: 'not_now' });
  expect(await control.listen('c_1', 'sales')).toMatchObject({ ok: false, why: 'not_now' });
  expect(listened).toEqual([]);
  expect(await control.hangUp('c_1')).toEqual({ ok: true });
  expect(await control.interrupt('c_1')).toEqual({ ok: true });
});

it('records who listens in', async () => {
  isOver = false;
  expect(await control.listen('c_1', 'sales')).toEqual({ ok: true });
  expect(listened).toEqual([{ call: 'c_1', handset: 'sales' }]);
  isOver = true;
});

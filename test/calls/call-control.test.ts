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

const runtime: CallControlOptions['runtime'] = {
  running: [],
  beginStored: () => Promise.resolve(true),
  request: () => Promise.resolve({ refusal: { why: OVER, detail: 'it is over already' } }),
  summary: () => undefined,
};

const control = new PlanCallControl({
  runtime,
  // While an effect of the call is pending.
  statusOf: () => Promise.resolve('running'),
  contract: telfaHandOver,
  asterisk: { usable: true },
  maxCalls: 1,
  clock: { now: () => 1 } as unknown as CallControlOptions['clock'],
  company: () => company,
  prompts: { resolve: () => Promise.resolve({ media: [] }) } as unknown as CallControlOptions['prompts'],
});

it('a call that has just ended refuses commands, but may be hung up', async () => {
  expect(await control.transfer('c_1', { handset: 'sales' })).toMatchObject({ ok: false, why: 'not_now' });
  expect(await control.listen('c_1', 'sales')).toMatchObject({ ok: false, why: 'not_now' });
  expect(await control.hangUp('c_1')).toEqual({ ok: true });
  expect(await control.interrupt('c_1')).toEqual({ ok: true });
});

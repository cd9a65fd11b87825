import { expect, it } from 'vitest';
import { actAs } from '../../src/http/actor.js';
import type { Identity } from '../../src/http/route.js';
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
const requested: unknown[] = [];
const runtime: CallControlOptions['runtime'] = {
  running: [],
  beginStored: () => Promise.resolve(true),
  request: (id, event) => {
    requested.push(event);
    happened.push(`${event.type === 'commanded' ? event.command.type : event.type} ${id}`);
    return Promise.resolve(isOver ? { refusal: { why: OVER, detail: 'it is over already' } } : {});
  },
  summary: () => undefined,
};

/** What happened, in its order: entries of the audit log and commands to the call. */
const happened: string[] = [];

const options: CallControlOptions = {
  runtime,
  // While an effect of the call is pending.
  statusOf: () => Promise.resolve('running'),
  contract: telfaHandOver,
  asterisk: { usable: true },
  maxCalls: 1,
  recordListening: ({ callId, handset, mode, outcome }) => {
    happened.push(`audit: ${mode} at ${handset} to ${callId}, ${outcome}`);
    return Promise.resolve();
  },
  clock: { now: () => 1 } as unknown as CallControlOptions['clock'],
  company: () => company,
  prompts: { resolve: () => Promise.resolve({ media: [] }) } as unknown as CallControlOptions['prompts'],
};
const control = new PlanCallControl(options);

it('a call that has just ended refuses commands, but may be hung up', async () => {
  expect(await control.transfer('c_1', { handset: 'sales' })).toMatchObject({ ok: false, why: 'not_now' });
  expect(await control.hangUp('c_1')).toEqual({ ok: true });
  expect(await control.interrupt('c_1')).toEqual({ ok: true });
});

it('passes on who rejects a call or hangs it up', async () => {
  requested.length = 0;
  const eva: Identity = { name: 'eva', scopes: [], operator: { id: 2 } };
  await actAs(eva, () => control.interrupt('c_1'));
  await actAs(eva, () => control.hangUp('c_1'));
  await control.hangUp('c_1');
  expect(requested).toMatchObject([
    { command: { type: 'reject', by: '@eva' } },
    { command: { type: 'hang_up', by: '@eva' } },
    { command: { type: 'hang_up', by: undefined } },
  ]);
});

it('records who listens in before the call is told, and a refusal after it', async () => {
  isOver = false;
  happened.length = 0;
  expect(await control.listen('c_1', 'sales', 'whisper')).toEqual({ ok: true });
  expect(happened).toEqual(['audit: whisper at sales to c_1, requested', 'listen c_1']);
  isOver = true;
  happened.length = 0;
  expect(await control.listen('c_1', 'sales')).toMatchObject({ ok: false, why: 'not_now' });
  expect(happened).toEqual([
    'audit: listen at sales to c_1, requested',
    'listen c_1',
    'audit: listen at sales to c_1, refused',
  ]);
});

it('does not let anybody listen in who cannot be recorded', async () => {
  isOver = false;
  happened.length = 0;
  const failing = new PlanCallControl({ ...options, recordListening: () => Promise.reject(new Error('disk full')) });
  await expect(failing.listen('c_1', 'sales')).rejects.toThrow('disk full');
  expect(happened).toEqual([]);
  isOver = true;
});

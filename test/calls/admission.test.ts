import { expect, test } from 'vitest';
import type { Arrival } from '../../src/calls/event-router.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createAdmission } from '../../src/calls/admission.js';
import { companySchema } from '../../src/company/company.js';

const company = companySchema.parse({
  version: 1,
  handsets: [{ name: 'sales' }],
  lines: [
    { number: '+420222333444', plan: ['answer', 'hang_up'] },
    { number: '222333555', max_calls: 2, plan: ['answer', 'hang_up'] },
  ],
});

interface Running {
  line: string;
  direction: 'incoming' | 'outgoing';
}

function arrive(dialled: string, endpoint: string, fromHandset: boolean, summaries: Running[] = []) {
  const begun: TelephonyEvent[] = [];
  const runtime = {
    running: [],
    summaries: () => summaries,
    begin: (...[, , , event]: unknown[]) => begun.push(event as TelephonyEvent) > 0,
  };
  const arrivals = createAdmission({ runtime, companies: { company }, contract: telfaHandOver, maxCalls: 1 });
  const caller = { number: endpoint, name: '' };
  const channel = { id: 'x.1', name: '', state: 'ring', caller, dialled } as unknown as Arrival['channel'];
  const sip = { callId: 'x', remote: '', endpoint };
  const fate = arrivals({ channel, dialled, codec: '', sip, fromHandset }, 0);
  return { fate, begun: begun[0] };
}

test('a handset calls out, and its call is for whom it calls', () => {
  for (const [dialled, number] of [
    ['777888999', '+420777888999'],
    ['00420777888999', '+420777888999'],
    ['112', '112'],
  ] as const)
    expect(arrive(dialled, 'sales', true)).toMatchObject({
      fate: 'begun',
      begun: { caller: { number }, forHandset: 'sales' },
    });
});

test('lines come first, for everybody', () => {
  for (const [endpoint, fromHandset] of [
    ['sales', true],
    ['trunk', false],
  ] as const) {
    const { fate, begun } = arrive('222333444', endpoint, fromHandset);
    expect(fate).toBe('begun');
    expect(begun).not.toHaveProperty('forHandset');
  }
});

test('nobody else calls out: no trunk, not even one of a handset’s name, and no handset that is not set up', () => {
  expect(arrive('777888999', 'trunk', false).fate).toBe('unknown_line');
  expect(arrive('777888999', 'sales', false).fate).toBe('unknown_line');
  expect(arrive('777888999', 'gone', true).fate).toBe('unknown_line');
  expect(arrive('7', 'sales', true).fate).toBe('unknown_line');
});

test('a line with as many calls as it may have takes no more; other lines and outgoing calls do not count', () => {
  const here: Running = { line: '+420222333555', direction: 'incoming' };
  const there: Running = { line: '+420222333444', direction: 'incoming' };
  const out: Running = { line: '+420222333555', direction: 'outgoing' };
  const called = (...running: Running[]) => arrive('222333555', 'trunk', false, running).fate;
  expect(called(here, there, out)).toBe('begun');
  expect(called(here, here)).toBe('line_full');
  expect(
    arrive(
      '222333444',
      'trunk',
      false,
      Array.from({ length: 50 }, () => there),
    ).fate,
  ).toBe('begun');
});

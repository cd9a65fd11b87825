import { expect, test } from 'vitest';
import type { Arrival } from '../../src/calls/event-router.js';
import type { TelephonyEvent } from '../../src/telephony/telephony.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createAdmission } from '../../src/calls/admission.js';
import { companySchema } from '../../src/company/company.js';

const written = {
  version: 1,
  handsets: [{ name: 'sales' }],
  lines: [
    { number: '+420222333444', plan: ['answer', 'hang_up'] },
    { number: '222333555', max_calls: 2, plan: ['answer', 'hang_up'] },
  ],
};
const company = companySchema.parse(written);

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
  const decision = arrivals({ channel, dialled, codec: '', sip, fromHandset }, 0);
  return { decision, begun: begun[0] };
}

test('a call from a handset has the called number as its outside party', () => {
  for (const [dialled, number] of [
    ['777888999', '+420777888999'],
    ['00420777888999', '+420777888999'],
    ['112', '112'],
  ] as const)
    expect(arrive(dialled, 'sales', true)).toMatchObject({
      decision: 'begun',
      begun: { caller: { number }, forHandset: 'sales' },
    });
});

test('a dialled line takes precedence for every endpoint', () => {
  for (const [endpoint, fromHandset] of [
    ['sales', true],
    ['trunk', false],
  ] as const) {
    const { decision, begun } = arrive('222333444', endpoint, fromHandset);
    expect(decision).toBe('begun');
    expect(begun).not.toHaveProperty('forHandset');
  }
});

test('other endpoints cannot call out: no trunk, not even with the name of a handset, and no unknown handset', () => {
  expect(arrive('777888999', 'trunk', false).decision).toBe('unknown_line');
  expect(arrive('777888999', 'sales', false).decision).toBe('unknown_line');
  expect(arrive('777888999', 'gone', true).decision).toBe('unknown_line');
  expect(arrive('7', 'sales', true).decision).toBe('unknown_line');
});

test('a line refuses calls at its limit; other lines and outgoing calls do not count', () => {
  const here: Running = { line: '+420222333555', direction: 'incoming' };
  const there: Running = { line: '+420222333444', direction: 'incoming' };
  const out: Running = { line: '+420222333555', direction: 'outgoing' };
  const called = (...running: Running[]) => arrive('222333555', 'trunk', false, running).decision;
  expect(called(here, there, out)).toBe('begun');
  expect(called(here, here)).toBe('line_full');
  expect(
    arrive(
      '222333444',
      'trunk',
      false,
      Array.from({ length: 50 }, () => there),
    ).decision,
  ).toBe('begun');
});

test('calls to one line share their program until the company changes; callers with another priority have another', () => {
  const begun: unknown[] = [];
  const runtime = {
    running: [],
    summaries: () => [],
    begin: (...[, , program]: unknown[]) => begun.push(program) > 0,
  };
  const companies = {
    company: companySchema.parse({
      ...written,
      priority_callers: [{ name: 'VIP', numbers: ['+420777000111'], priority: 5 }],
    }),
  };
  const arrivals = createAdmission({ runtime, companies, contract: telfaHandOver, maxCalls: 9 });
  const call = (number: string, dialled = '222333444') => {
    const channel = { id: 'x.1', name: '', state: 'ring', caller: { number, name: '' }, dialled };
    const sip = { callId: 'x', remote: '', endpoint: 'trunk' };
    expect(
      arrivals({ channel: channel as unknown as Arrival['channel'], dialled, codec: '', sip, fromHandset: false }, 0),
    ).toBe('begun');
    return begun.at(-1);
  };
  const first = call('+420777888999');
  expect(call('+420777888998', '+420222333444')).toBe(first);
  expect(call('+420777888999', '222333555')).not.toBe(first);
  expect(call('+420777000111')).toMatchObject({ callerPriority: 5 });
  companies.company = companySchema.parse(written);
  expect(call('+420777888999')).not.toBe(first);
});

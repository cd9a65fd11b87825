import { expect, it } from 'vitest';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import type { LineSetup } from '../../src/webhooks/contract.js';
import { news, START } from '../webhooks/webhook-harness.js';

const told = {
  ...news('hangup', 4, START + 90_400, {
    agent: { number: '+421905123456' },
    startedAt: START,
    answeredAt: START + 10_000,
    endedAt: START + 90_400,
    result: 'SUCCESS',
  }),
  eventId: 'e',
  callId: 'c_1',
  country: 'CZ',
  timeZone: 'Europe/Prague',
  setup: null,
};

const body = (changes: Record<string, unknown> = {}, more = {}) =>
  JSON.parse(telfaWebhooks.write({ ...told, ...more }, changes).body) as Record<string, unknown>;

it('has the fields of the contract', () => {
  expect(body()).toEqual({
    event: 'hangup',
    event_id: 'e',
    seq: 4,
    timestamp: '2026-11-21T11:01:30.400+01:00',
    call_id: 'c_1',
    direction: 'incoming',
    caller_number: '777888999',
    called_number: '222333444',
    handset: null,
    queue: null,
    agent: '00421905123456',
    started_at: '2026-11-21T11:00:00.000+01:00',
    answered_at: '2026-11-21T11:00:10.000+01:00',
    ended_at: '2026-11-21T11:01:30.400+01:00',
    duration: 90,
    result: 'SUCCESS',
  });
});

it('says where a caller waits, and the label as it is written', () => {
  const queue = { id: 12, name: 'Fronta volajících', position: 2, waiting: 3, joinedAt: START + 5000 };
  const joined = body({}, { event: 'queue_joined', label: 'telefon-kancelář', queue, agent: { handset: 'sales' } });
  expect(joined).toMatchObject({ event: 'queue_joined', handset: 'telefon-kancelář', agent: 'sales' });
  expect(joined['queue']).toEqual({
    id: 12,
    name: 'Fronta volajících',
    position: 2,
    waiting: 3,
    joined_at: '2026-11-21T11:00:05.000+01:00',
  });
});

it('is what the profile makes of it', () => {
  const changed = body({ numbers: 'e164', webhook_rename: { hangup: 'call_ended', caller_number: 'from' } });
  expect(changed).toMatchObject({ event: 'call_ended', from: '+420777888999', called_number: '+420222333444' });
  expect(changed).not.toHaveProperty('caller_number');
  expect(body({ anonymous: 'anonymous' }, { caller: '' })).toMatchObject({ caller_number: 'anonymous' });
});

const setup: LineSetup = {
  line: { number: '+420222333444', name: 'Zákaznická linka' },
  queues: [{ id: 12, name: 'Fronta volajících' }],
  handsets: [{ label: 'telefon-kancelář', queue: 12 }],
};

it('contains the set-up of the line when it is new', () => {
  expect(body({}, { setup })).toMatchObject({
    setup: { ...setup, line: { number: '222333444', name: 'Zákaznická linka' } },
  });
});

it('leaves fields out, and lifts one out of another', () => {
  const changed = body(
    {
      webhook_drop: ['seq', 'setup.queues', 'no.such'],
      webhook_rename: { 'setup.line.name': 'line_name', SUCCESS: 'ok' },
    },
    { setup },
  );
  expect(changed).toMatchObject({ line_name: 'Zákaznická linka', result: 'ok' });
  expect(changed['setup']).toEqual({ line: { number: '222333444' }, handsets: setup.handsets });
  expect(changed).not.toHaveProperty('seq');
});

it('a field that is lifted out of nothing is null', () => {
  expect(body({ webhook_rename: { 'queue.id': 'queue_id' } })).toMatchObject({ queue_id: null, queue: null });
});

it('as a form: nested as PHP reads it, in UTF-8, empty for null', () => {
  const { contentType, body: form } = telfaWebhooks.write({ ...told, setup }, { webhook_encoding: 'form' });
  expect(contentType).toBe('application/x-www-form-urlencoded');
  expect(form).toContain('telefon-kancel%C3%A1%C5%99');
  const fields = Object.fromEntries(new URLSearchParams(form));
  expect(fields).toMatchObject({
    event: 'hangup',
    seq: '4',
    queue: '',
    'setup[line][number]': '222333444',
    'setup[queues][0][id]': '12',
    'setup[handsets][0][label]': 'telefon-kancelář',
  });
});

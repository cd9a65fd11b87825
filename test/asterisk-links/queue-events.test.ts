import { expect, it } from 'vitest';
import type { AmiEvent } from '../../src/asterisk/ami/ami-connection.js';
import { QueueEvents } from '../../src/asterisk/queues/queue-events.js';
import type { QueueEvent } from '../../src/asterisk/queue-port.js';
import { AsteriskNames } from '../../src/asterisk/names.js';

const clock = { now: () => 1000, wakeAt: () => () => undefined };
const ami = (event: string, more: Record<string, string> = {}) =>
  ({ event, queue: 'q12', uniqueid: 'caller', interface: 'PJSIP/sales', ...more }) as unknown as AmiEvent;

function hear(...events: AmiEvent[]): QueueEvent['type'][] {
  const heard: QueueEvent['type'][] = [];
  const queueEvents = new QueueEvents(new AsteriskNames(), clock, ({ type }) => heard.push(type));
  for (const event of events) queueEvents.fromAmi(event);
  return heard;
}

it('reports once that a handset stops ringing when the caller leaves', () => {
  const abandoned = [ami('AgentCalled'), ami('QueueCallerAbandon'), ami('QueueCallerAbandon')];
  expect(hear(...abandoned)).toEqual(['queue_ringing', 'queue_ring_over']);
});

it('keeps no data of a caller who left by a key and has hung up', () => {
  const left = [ami('AgentCalled'), ami('QueueCallerLeave', { count: '0' }), ami('Hangup', { queue: '' })];
  expect(hear(...left, ami('QueueCallerAbandon'))).toEqual(['queue_ringing', 'queue_caller_left']);
});

import { DateTime } from 'luxon';
import type { QueuePlace, ReadyRecording } from '../../telephony/domain-events.js';
import { formatNumber } from '../../directory/numbers.js';
import type { LineSetup, EventSubject, WebhookContract } from '../../webhooks/contract.js';
import { telfaProfile, type TelfaProfile } from './profile.js';
import type { Fields } from '../shared/input.js';
import { asForm, reshaped } from './wire.js';
import { compact } from '../../lib/compact.js';

/** Telfa's webhooks to a shop: only their wire format. docs/webhooks.md. */
export const telfaWebhooks: WebhookContract = {
  write(subject, changes) {
    const profile = telfaProfile.parse(changes);
    return encode(fieldsOf(subject, profile), profile);
  },
  writeTest({ eventId, at, timeZone }, changes) {
    const timestamp = DateTime.fromMillis(at, { zone: timeZone }).toISO();
    return encode({ event: 'test', event_id: eventId, timestamp }, telfaProfile.parse(changes));
  },
};

function encode(given: Fields, { webhook_rename, webhook_drop, webhook_encoding }: TelfaProfile) {
  const fields = reshaped(given, webhook_rename, webhook_drop);
  return webhook_encoding === 'form'
    ? { contentType: 'application/x-www-form-urlencoded', body: asForm(fields) }
    : { contentType: 'application/json', body: JSON.stringify(fields) };
}

function fieldsOf(subject: EventSubject, profile: TelfaProfile): Fields {
  const number = (text: string) => formatNumber(text, profile.numbers, subject.country);
  const instant = (at: number) => DateTime.fromMillis(at, { zone: subject.timeZone }).toISO();
  const orNull = (at: number | null) => (at === null ? null : instant(at));
  const word = (text: string) => profile.webhook_rename[text] ?? text;
  const { event, agent, queue, startedAt, endedAt } = subject;
  const party = subject.caller === '' ? profile.anonymous : number(subject.caller);
  const numbers =
    subject.direction === 'incoming'
      ? { caller_number: party, called_number: number(subject.line) }
      : { caller_number: number(subject.line), called_number: party };
  return compact({
    event: word(event),
    event_id: subject.eventId,
    seq: subject.seq,
    timestamp: instant(subject.at),
    call_id: subject.callId,
    direction: subject.direction,
    ...numbers,
    handset: subject.label,
    queue: queue === null ? null : queueOf(queue, instant),
    agent: agent && agentOf(agent, number),
    started_at: instant(startedAt),
    answered_at: orNull(subject.answeredAt),
    ended_at: orNull(endedAt),
    duration: endedAt === null ? null : Math.round((endedAt - startedAt) / 1000),
    result: subject.result === null ? null : word(subject.result),
    recording: subject.recording && recordingOf(subject.recording),
    setup: subject.setup === null ? undefined : setupFields(subject.setup, number),
  });
}

/** A party of an order is identified by its role only. */
function agentOf(agent: NonNullable<EventSubject['agent']>, number: (text: string) => string): string {
  if ('party' in agent) return agent.party;
  return 'handset' in agent ? agent.handset : number(agent.number);
}

function recordingOf({ id, url, durationMs, talkMs }: ReadyRecording): Fields {
  const talk = talkMs === undefined ? undefined : { talk_duration: Math.round(talkMs / 1000) };
  return { id, url, duration: Math.round(durationMs / 1000), ...talk };
}

function queueOf({ id, name, position, waiting, joinedAt }: QueuePlace, instant: (at: number) => string | null) {
  return { id, name, position, waiting, joined_at: instant(joinedAt) };
}

function setupFields({ line, queues, handsets }: LineSetup, number: (text: string) => string): Fields {
  return { line: { number: number(line.number), name: line.name }, queues, handsets };
}

import { DateTime } from 'luxon';
import type { QueuePlace } from '../../flows/news.js';
import { formatNumber } from '../../directory/numbers.js';
import type { Told, WebhookContract } from '../../webhooks/contract.js';
import { telfaProfile, type TelfaProfile } from './profile.js';

/** Telfa's webhooks to a shop: their wire format and nothing else. docs/webhooks.md. */
export const telfaWebhooks: WebhookContract = {
  body(told, changes) {
    const profile = telfaProfile.parse(changes ?? {});
    const names = profile.webhook_rename;
    const named = Object.entries(fieldsOf(told, profile)).map(([name, value]) => [names[name] ?? name, value]);
    return JSON.stringify(Object.fromEntries(named));
  },
};

function fieldsOf(told: Told, profile: TelfaProfile): Record<string, unknown> {
  const number = (text: string) => formatNumber(text, profile.numbers, told.country);
  const instant = (at: number) => DateTime.fromMillis(at, { zone: told.timeZone }).toISO();
  const orNull = (at: number | null) => (at === null ? null : instant(at));
  const { event, agent, queue, startedAt, endedAt } = told;
  return {
    event: profile.webhook_rename[event] ?? event,
    event_id: told.eventId,
    seq: told.seq,
    timestamp: instant(told.at),
    call_id: told.callId,
    direction: told.direction,
    caller_number: told.caller === '' ? profile.anonymous : number(told.caller),
    called_number: number(told.line),
    handset: told.label,
    queue: queue === null ? null : queueOf(queue, instant),
    agent: agent === null ? null : 'handset' in agent ? agent.handset : number(agent.number),
    started_at: instant(startedAt),
    answered_at: orNull(told.answeredAt),
    ended_at: orNull(endedAt),
    duration: endedAt === null ? null : Math.round((endedAt - startedAt) / 1000),
    result: told.result,
  };
}

function queueOf({ id, name, position, waiting, joinedAt }: QueuePlace, instant: (at: number) => string | null) {
  return { id, name, position, waiting, joined_at: instant(joinedAt) };
}

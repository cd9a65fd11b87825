import { randomUUID } from 'node:crypto';
import { profileChanges, type Profiles } from '../directory/profiles.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { WebhookContract } from './contract.js';
import type { ReceiverHealth, ReceiverHealthReader } from './health.js';
import type { AttemptResult } from './schedule.js';
import type { Webhook } from './schema.js';
import type { SendRequest } from './sender.js';

interface ReceiversOptions {
  /** All of them. */
  hooks: () => readonly Webhook[];
  company: () => { time_zone: string; profiles: Profiles };
  /** The test message for a receiver that is no webhook, as JSON; undefined for a webhook. */
  otherTestBody?: (name: string) => string | undefined;
  health: ReceiverHealthReader;
  contract: WebhookContract;
  send: SendRequest;
  clock: Clock;
  record: RecordAction;
}

/** The configured receivers of events: webhooks, callbacks and receivers of alarms. */
export class Receivers {
  constructor(private readonly options: ReceiversOptions) {}

  async list(): Promise<{ hook: Webhook; health: ReceiverHealth }[]> {
    const { health, hooks } = this.options;
    return Promise.all(hooks().map(async (hook) => ({ hook, health: await health.of(hook.name) })));
  }

  /** Sends an event that belongs to no call, once and at once. It is not stored. @returns undefined when the receiver is unknown */
  async test(name: string): Promise<{ body: string; result: AttemptResult } | undefined> {
    const { hooks, send, clock, record } = this.options;
    const hook = hooks().find((one) => one.name === name);
    if (hook === undefined) return undefined;
    await record({ action: 'webhook_tested', subject: name });
    const subject = { eventId: randomUUID(), at: clock.now() };
    const { contentType, body } = this.#testBody(hook, subject);
    return { body, result: await send(hook, { eventId: subject.eventId, contentType, body }) };
  }

  #testBody(hook: Webhook, subject: { eventId: string; at: Instant }): { contentType: string; body: string } {
    const { company, contract, otherTestBody } = this.options;
    const other = otherTestBody?.(hook.name);
    if (other !== undefined) return { contentType: 'application/json', body: other };
    const { time_zone: timeZone, profiles } = company();
    return contract.writeTest({ ...subject, timeZone }, profileChanges(profiles, hook.profile));
  }
}

import { randomUUID } from 'node:crypto';
import { profileChanges, type Profiles } from '../directory/profiles.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { Clock } from '../lib/clock.js';
import { callbackHooks } from './callbacks.js';
import type { WebhookContract } from './contract.js';
import type { ReceiverHealth, ReceiverHealthReader } from './health.js';
import type { AttemptResult } from './schedule.js';
import type { Callback, Webhook } from './schema.js';
import type { SendRequest } from './sender.js';

interface ReceiversOptions {
  company: () => {
    webhooks: readonly Webhook[];
    callbacks: readonly Callback[];
    time_zone: string;
    profiles: Profiles;
  };
  health: ReceiverHealthReader;
  contract: WebhookContract;
  send: SendRequest;
  clock: Clock;
  record: RecordAction;
}

/** The configured receivers of events: webhooks and callbacks. */
export class Receivers {
  constructor(private readonly options: ReceiversOptions) {}

  async list(): Promise<{ hook: Webhook; health: ReceiverHealth }[]> {
    const { health } = this.options;
    return Promise.all(this.#hooks().map(async (hook) => ({ hook, health: await health.of(hook.name) })));
  }

  /** Sends an event that belongs to no call, once and at once. It is not stored. @returns undefined when the receiver is unknown */
  async test(name: string): Promise<{ body: string; result: AttemptResult } | undefined> {
    const { company, contract, send, clock, record } = this.options;
    const hook = this.#hooks().find((one) => one.name === name);
    if (hook === undefined) return undefined;
    await record({ action: 'webhook_tested', subject: name });
    const { time_zone: timeZone, profiles } = company();
    const subject = { eventId: randomUUID(), at: clock.now(), timeZone };
    const { contentType, body } = contract.writeTest(subject, profileChanges(profiles, hook.profile));
    return { body, result: await send(hook, { eventId: subject.eventId, contentType, body }) };
  }

  #hooks(): Webhook[] {
    const { webhooks, callbacks } = this.options.company();
    return [...webhooks, ...callbackHooks(callbacks)];
  }
}

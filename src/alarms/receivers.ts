import { z } from 'zod';
import { messageOf } from '../lib/error-message.js';
import type { WebhookRequest } from '../webhooks/request.js';
import type { AttemptResult } from '../webhooks/schedule.js';
import type { Webhook } from '../webhooks/schema.js';
import type { SendRequest } from '../webhooks/sender.js';
import { requestOf } from './http-template.js';
import type { AlarmReceiver } from './schema.js';

/** Prefix of the names under which deliveries to receivers of alarms are stored. No name of a webhook can start with it. */
const MARK = 'alarm:';

/** The name under which its deliveries are stored. */
export function hookOfReceiver({ name }: Pick<AlarmReceiver, 'name'>): string {
  return MARK + name;
}

/** Receivers of alarms as webhooks, so that they are delivered to, retried and shown like those. */
export function receiverHooks(receivers: readonly AlarmReceiver[]): Webhook[] {
  return receivers.map((receiver) => ({
    name: hookOfReceiver(receiver),
    url: receiver.http?.url ?? `mailto:${(receiver.mail ?? []).join(',')}`,
    events: ['alarm'],
    profile: 'telfa',
  }));
}

export function receiverOf(hook: string, receivers: readonly AlarmReceiver[]): AlarmReceiver | undefined {
  return receivers.find((receiver) => hookOfReceiver(receiver) === hook);
}

/** Sends one mail. Never throws. */
export type SendMail = (mail: { to: string[]; id: string; subject: string; text: string }) => Promise<AttemptResult>;

interface SenderOptions {
  receivers: () => readonly AlarmReceiver[];
  /** Sends a request to an address; signs nothing. */
  sendHttp: (request: ReturnType<typeof requestOf>) => Promise<AttemptResult>;
  sendMail: SendMail;
  /** By name of environment variable. */
  secrets: Readonly<Record<string, string>>;
  /** For webhooks. */
  otherwise: SendRequest;
}

const messageSchema = z.record(z.string(), z.unknown());

/** Sends deliveries to receivers of alarms by their own way, and all others as webhooks. */
export function alarmSender({ receivers, sendHttp, sendMail, secrets, otherwise }: SenderOptions): SendRequest {
  return async (hook, letter) => {
    if (!hook.name.startsWith(MARK)) return otherwise(hook, letter);
    const receiver = receiverOf(hook.name, receivers());
    if (receiver === undefined) return { failed: 'the receiver was removed', latencyMs: 0 };
    try {
      const message = readMessage(letter);
      if (receiver.http !== undefined) return await sendHttp(requestOf(receiver.http, message, letter.body, secrets));
      return await sendMail({
        to: receiver.mail ?? [],
        id: letter.eventId,
        subject: message['subject'] ?? '',
        text: message['text'] ?? '',
      });
    } catch (error) {
      return { failed: messageOf(error), latencyMs: 0 };
    }
  };
}

function readMessage({ body }: WebhookRequest): Record<string, string> {
  const fields = messageSchema.parse(JSON.parse(body));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
}

import { testFor } from '../alarms/deliveries.js';
import { mailSender } from '../alarms/mail.js';
import { alarmSender, receiverHooks, receiverOf } from '../alarms/receivers.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Config } from '../config.js';
import type { OutboundClient } from '../http/outbound.js';
import type { Clock } from '../lib/clock.js';
import type { Webhook } from '../webhooks/schema.js';
import { attempt, type SendRequest } from '../webhooks/sender.js';

/** Receivers that are delivered to like webhooks, by a way of their own. */
export interface OtherReceivers {
  hooks: () => Webhook[];
  /** @param otherwise for webhooks */
  sender: (otherwise: SendRequest) => SendRequest;
  /** The body of a test message; undefined for a webhook. */
  testBody: (hook: string) => string | undefined;
}

interface Parts {
  config: Pick<Config, 'smtp' | 'webhookSecrets' | 'http'>;
  companies: Pick<CompanyStore, 'company'>;
  outbound: OutboundClient;
  clock: Clock;
}

/** Composes the ways to the receivers of alarms: mail, and HTTP by a template. */
export function createAlarmReceivers({ config, companies, outbound, clock }: Parts): OtherReceivers {
  const receivers = () => companies.company.alarms.receivers;
  const sendMail = mailSender(config.smtp);
  return {
    hooks: () => receiverHooks(receivers()),
    sender: (otherwise) =>
      alarmSender({
        receivers,
        sendMail,
        sendHttp: (request) => attempt(outbound, { ...request, totalTimeoutMs: 10_000 }),
        secrets: config.webhookSecrets,
        otherwise,
      }),
    testBody: (hook) => {
      const receiver = receiverOf(hook, receivers());
      return receiver && JSON.stringify(testFor(receiver, companies.company, config.http.outsideUrl, clock.now()));
    },
  };
}

import type { Config } from '../config.js';
import type { OutboundClient } from '../http/outbound.js';
import { telfaWebhooks } from '../integrations/telfa/webhooks.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { lineSetups } from '../company/line-setup.js';
import { recordAudit } from '../storage/audit-log.js';
import type { Database } from '../storage/database.js';
import type { EventFanout } from '../storage/flow-store.js';
import type { Fence } from '../storage/node-lease/fence.js';
import { callbackHooks } from '../webhooks/callbacks.js';
import type { OtherReceivers } from './alarm-receivers.js';
import { DeliveryWorkers } from '../webhooks/delivery-workers.js';
import { webhookFanout } from '../webhooks/webhook-fanout.js';
import { Outbox } from '../webhooks/outbox.js';
import { ReceiverHealthReader } from '../webhooks/health.js';
import { DeliveryReader } from '../webhooks/reader.js';
import { Receivers } from '../webhooks/receivers.js';
import type { Setups } from '../webhooks/setups.js';
import { deliverySender, withAnswerHook, type OnAnswer } from '../webhooks/sender.js';

export interface Webhooks {
  /** For the flow store: assigns events to webhooks. */
  fanout: EventFanout;
  workers: DeliveryWorkers;
  /** What the webhooks know of the lines. */
  setups: Pick<Setups, 'load'>;
  deliveries: DeliveryReader;
  receivers: Receivers;
  /** Requeues a delivery; resolves with false when there is none with that id. */
  redeliver: (id: number) => Promise<boolean>;
  /** Requeues the dead letters of a webhook; resolves with their number. */
  redeliverDead: (hook: string) => Promise<number>;
}

/** Composes webhooks, from the events of flows to the requests to the company's URLs. */
export function createWebhooks({
  db,
  fence,
  config,
  companies,
  outbound,
  clock,
  logger,
  onAnswer,
  alarmReceivers,
}: {
  db: Database;
  fence: Fence;
  config: Pick<Config, 'webhookSecrets'>;
  companies: CompanyStore;
  outbound: OutboundClient;
  clock: Clock;
  logger: Logger;
  onAnswer: OnAnswer;
  alarmReceivers: OtherReceivers;
}): Webhooks {
  const outbox = new Outbox(db, fence);
  const send = alarmReceivers.sender(deliverySender(outbound, config.webhookSecrets, clock));
  const hooks = () => [
    ...companies.company.webhooks,
    ...callbackHooks(companies.company.callbacks),
    ...alarmReceivers.hooks(),
  ];
  const workers = new DeliveryWorkers({
    webhooks: hooks,
    outbox,
    send: withAnswerHook(send, onAnswer),
    clock,
    onError: (error) => logger.error({ err: error }, 'webhook deliveries failed'),
  });
  companies.onChange(() => workers.changed());
  const fanout = webhookFanout({
    subscribers: () => companies.company,
    setupOf: lineSetups(() => companies.company),
    setups: outbox.setups,
    contract: telfaWebhooks,
    onStored: (hooks) => workers.wake(hooks),
    onError: (error) => logger.error({ err: error }, 'a webhook delivery could not be created'),
  });
  /** Also makes the workers check whether the webhook still exists. */
  const again = async <T>(putBack: Promise<T>): Promise<T> => {
    const found = await putBack;
    workers.changed();
    return found;
  };
  return {
    fanout,
    workers,
    setups: outbox.setups,
    deliveries: new DeliveryReader(db.history),
    receivers: new Receivers({
      hooks,
      company: () => companies.company,
      otherTestBody: alarmReceivers.testBody,
      health: new ReceiverHealthReader(db.history),
      contract: telfaWebhooks,
      send,
      clock,
      record: (entry) => recordAudit(db, { ...entry, at: clock.now() }),
    }),
    redeliver: (id) => again(outbox.redeliver(id, clock.now())),
    redeliverDead: (hook) => again(outbox.redeliverDead(hook, clock.now())),
  };
}

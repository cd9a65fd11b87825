import type { Config } from '../config.js';
import type { OutboundClient } from '../http/outbound.js';
import { telfaWebhooks } from '../integrations/telfa/webhooks.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { lineSetups } from '../company/line-setup.js';
import type { Database } from '../storage/database.js';
import type { EventFanout } from '../storage/flow-store.js';
import { callbackHooks } from '../webhooks/callbacks.js';
import { DeliveryWorkers } from '../webhooks/delivery-workers.js';
import { webhookFanout } from '../webhooks/webhook-fanout.js';
import { Outbox } from '../webhooks/outbox.js';
import { DeliveryReader } from '../webhooks/reader.js';
import { deliverySender, withAnswerHook, type OnAnswer } from '../webhooks/sender.js';

export interface Webhooks {
  /** For the flow store: who hears what. */
  desk: EventFanout;
  couriers: DeliveryWorkers;
  deliveries: DeliveryReader;
  /** False when there is no such delivery. */
  redeliver: (id: number) => Promise<boolean>;
  /** How many dead deliveries of a webhook are in line again. */
  redeliverDead: (hook: string) => Promise<number>;
}

/** The webhooks' parts: from what flows tell to the requests to the company's addresses. */
export function createWebhooks({
  db,
  config,
  companies,
  outbound,
  clock,
  logger,
  onAnswer,
}: {
  db: Database;
  config: Pick<Config, 'webhookSecrets'>;
  companies: CompanyStore;
  outbound: OutboundClient;
  clock: Clock;
  logger: Logger;
  onAnswer: OnAnswer;
}): Webhooks {
  const outbox = new Outbox(db);
  const couriers = new DeliveryWorkers({
    webhooks: () => [...companies.company.webhooks, ...callbackHooks(companies.company.callbacks)],
    outbox,
    send: withAnswerHook(deliverySender(outbound, config.webhookSecrets, clock), onAnswer),
    clock,
    onTrouble: (error) => logger.error({ err: error }, 'trouble with the webhooks'),
  });
  companies.onChange(() => couriers.changed());
  const desk = webhookFanout({
    subscribers: () => companies.company,
    setupOf: lineSetups(() => companies.company),
    setups: outbox.setups,
    contract: telfaWebhooks,
    onStored: () => couriers.wake(),
    onTrouble: (error) => logger.error({ err: error }, 'a webhook could not be written'),
  });
  /** Whether the webhook is still there is looked at too. */
  const again = async <T>(putBack: Promise<T>): Promise<T> => {
    const found = await putBack;
    couriers.changed();
    return found;
  };
  return {
    desk,
    couriers,
    deliveries: new DeliveryReader(db),
    redeliver: (id) => again(outbox.redeliver(id, clock.now())),
    redeliverDead: (hook) => again(outbox.redeliverDead(hook, clock.now())),
  };
}

import { systemClock } from '../../src/lib/clock.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import { openDatabase } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { DeliveryWorkers } from '../../src/webhooks/delivery-workers.js';
import { webhookFanout } from '../../src/webhooks/webhook-fanout.js';
import { Outbox } from '../../src/webhooks/outbox.js';
import { deliverySender } from '../../src/webhooks/sender.js';
import { hook, news } from './webhook-harness.js';

/**
 * The process that kill.test.ts kills: delivers what waits, and stores the news of new calls all the while. Prints the id
 * of each call that is stored. Arguments: the database, the shop's URL, the number of this life, how many calls.
 */
const [file = '', url = '', life = '', count = ''] = process.argv.slice(2);
const hooks = [hook({ url })];
const db = await openDatabase(file);
const outbox = new Outbox(db);
const couriers = new DeliveryWorkers({
  webhooks: () => hooks,
  outbox,
  send: deliverySender(new OutboundClient(), {}, systemClock),
  clock: systemClock,
  onError: (error) => console.error(error),
});
await couriers.start();
const store = new SqlFlowStore(
  db,
  webhookFanout({
    subscribers: () => ({ webhooks: hooks, callbacks: [], country: 'CZ', time_zone: 'Europe/Prague', profiles: {} }),
    setupOf: () => undefined,
    setups: outbox.setups,
    contract: telfaWebhooks,
    onStored: () => couriers.wake(),
    onError: (error) => console.error(error),
  }),
);
process.stdout.write('up\n');
for (let n = 0; n < Number(count); n += 1) {
  const flowId = `c_${life}_${n}`;
  const at = Date.now();
  const told = [news('call_started', 1, at), news('answered', 2, at), news('hangup', 3, at)];
  await store.commit([{ flowId, at, log: [], news: told }]);
  process.stdout.write(`stored ${flowId}\n`);
  await new Promise((resolve) => setTimeout(resolve, 5));
}

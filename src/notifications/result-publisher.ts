import type { Kysely } from 'kysely';
import type { Instant } from '../lib/clock.js';
import { storeDeliveries, type EventFanout } from '../storage/flow-store.js';
import type { NotificationRow, Tables } from '../storage/schema.js';
import { presentNotification } from './notification-view.js';
import type { ResultPublisher } from './store.js';
import type { Terms } from './terms.js';

/** Publishes results of notifications to webhooks and to the callback of the request. @param onResult for metrics */
export function createResultPublisher(fanout: EventFanout, onResult: (result: string) => void): ResultPublisher {
  return {
    async publish(tx: Kysely<Tables>, row: NotificationRow, at: Instant) {
      const attempts = await tx
        .selectFrom('notification_attempts')
        .where('notification_id', '=', row.id)
        .selectAll()
        .orderBy('number')
        .execute();
      const { callbackUrl = null } = JSON.parse(row.terms) as Terms;
      const fields = presentNotification(row, attempts);
      const report = { event: 'notification', seq: 1, at, fields, callbackUrl } as const;
      await storeDeliveries(tx, fanout.deliveries(row.id, [report]));
      onResult(row.result ?? '');
    },
    onCommitted: () => fanout.stored(),
  };
}

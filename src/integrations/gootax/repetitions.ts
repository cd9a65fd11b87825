import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../../lib/clock.js';
import { KeyedQueue } from '../../lib/keyed-queue.js';
import type { Database } from '../../storage/database.js';
import { DAY_MS } from '../../lib/time.js';

const KEPT_MS = 2 * DAY_MS;

/**
 * Names notifications: a repeated request keeps the name, a status that returns later gets a new one. Only the order's last request counts:
 * `accepted`, `driver refused`, `accepted` are three.
 */
export class Repetitions {
  readonly #turns = new KeyedQueue();

  constructor(private readonly db: Database) {}

  /** @returns the notification's name; that of the order's last request if it was the same */
  nameOf(orderId: string, fields: unknown, at: Instant, sameWithinMs: number): Promise<string> {
    const digest = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
    return this.#turns.run(orderId, async () => {
      const last = await this.db
        .selectFrom('gootax_notices')
        .selectAll()
        .where('order_id', '=', orderId)
        .executeTakeFirst();
      if (last?.digest === digest && at - last.at < sameWithinMs) return last.name;
      const name = `gootax-${randomUUID()}`;
      const values = { order_id: orderId, digest, name, at };
      await this.db
        .insertInto('gootax_notices')
        .values(values)
        .onConflict((conflict) => conflict.column('order_id').doUpdateSet(values))
        .execute();
      await this.db
        .deleteFrom('gootax_notices')
        .where('at', '<', at - KEPT_MS)
        .execute();
      return name;
    });
  }
}

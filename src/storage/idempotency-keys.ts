import { createHash } from 'node:crypto';
import type { Instant } from '../lib/clock.js';
import type { Database } from './database.js';
import { DAY_MS } from '../lib/time.js';

/** A key counts for so long. */
const KEPT_MS = DAY_MS;

interface KeyedRequest {
  /** Whose key it is: others may use the same one for something else. */
  who: string;
  key: string;
  /** What is asked for; the same key with anything else is a mistake. */
  request: unknown;
  /** What the request shall make, if it is the first with this key. */
  id: string;
  at: Instant;
}

/** Remembers which request came with which key: a repetition is given the id of what the first one made. */
export class IdempotencyKeys {
  constructor(private readonly db: Database) {}

  /** @returns the id that counts; undefined: the key came with another request before */
  async claim({ who, key, request, id, at }: KeyedRequest): Promise<string | undefined> {
    const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    return this.db.transaction().execute(async (tx) => {
      await tx
        .deleteFrom('idempotency_keys')
        .where('at', '<', at - KEPT_MS)
        .execute();
      await tx
        .insertInto('idempotency_keys')
        .values({ who, key, request: digest, id, at })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const known = await tx
        .selectFrom('idempotency_keys')
        .select(['request', 'id'])
        .where('who', '=', who)
        .where('key', '=', key)
        .executeTakeFirstOrThrow();
      return known.request === digest ? known.id : undefined;
    });
  }

  /** What was asked for was there before, under another id. */
  async settle(who: string, key: string, id: string): Promise<void> {
    await this.db.updateTable('idempotency_keys').set({ id }).where('who', '=', who).where('key', '=', key).execute();
  }

  /** What was asked for was refused: the key is free again. */
  async release(who: string, key: string): Promise<void> {
    await this.db.deleteFrom('idempotency_keys').where('who', '=', who).where('key', '=', key).execute();
  }
}

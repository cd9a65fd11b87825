import { createHash } from 'node:crypto';
import type { Instant } from '../lib/clock.js';
import type { Database } from './database.js';
import { DAY_MS } from '../lib/time.js';

/** Lifetime of a key. */
const KEPT_MS = DAY_MS;

interface KeyedRequest {
  /** Owner of the key: another owner may use the same key for something else. */
  who: string;
  key: string;
  /** The request; the same key with another request is an error. */
  request: unknown;
  /** Id of the object to create, if this is the first request with the key. */
  id: string;
  at: Instant;
}

/** Stores the request of each key. A repetition gets the id created by the first request. */
export class IdempotencyKeys {
  constructor(private readonly db: Database) {}

  /** @returns the valid id; undefined: the key was used with another request */
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

  /** The requested object existed already, under another id. */
  async settle(who: string, key: string, id: string): Promise<void> {
    await this.db.updateTable('idempotency_keys').set({ id }).where('who', '=', who).where('key', '=', key).execute();
  }

  /** The request was refused: releases the key. */
  async release(who: string, key: string): Promise<void> {
    await this.db.deleteFrom('idempotency_keys').where('who', '=', who).where('key', '=', key).execute();
  }
}

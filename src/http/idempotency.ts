import { conflict, invalid } from './problem.js';
import type { Request } from './route.js';
import { nameOf } from './tokens.js';

/** Remembers idempotency keys; implemented by storage/. */
export interface RequestKeys {
  claim(request: { who: string; key: string; request: unknown; id: string; at: number }): Promise<string | undefined>;
  release(who: string, key: string): Promise<void>;
  /** Replaces the claimed id: the requested thing existed before under this id. */
  settle(who: string, key: string, id: string): Promise<void>;
}

/** Request header of such routes, for their description. */
export const idempotencyHeader = {
  'Idempotency-Key':
    'A key of your own, up to 200 visible characters: a repeated request with it starts nothing a second time',
};

/**
 * Starts something once for each `Idempotency-Key`. A repeated key passes the id of the first request to `start`.
 *
 * @param fresh the id for a new thing
 * @throws {Problem} 422 for an invalid key; 409 for a key that was used with another request
 */
export async function once<A extends { ok: true; id: string } | { ok: false }>(
  keys: RequestKeys,
  { headers, who, body, url }: Request,
  fresh: string,
  start: (id: string) => Promise<A>,
): Promise<A> {
  const key = headers['idempotency-key'];
  if (key === undefined) return start(fresh);
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
    throw invalid([{ field: 'header.idempotency-key', detail: 'up to 200 visible characters' }]);
  const asker = who === undefined ? '' : nameOf(who);
  const id = await keys.claim({ who: asker, key, request: { url, body }, id: fresh, at: Date.now() });
  if (id === undefined)
    throw conflict('this Idempotency-Key was used with another request; use a new key for each request');
  const answer = await start(id);
  if (!answer.ok) await keys.release(asker, key);
  else if (answer.id !== id) await keys.settle(asker, key, answer.id);
  return answer;
}

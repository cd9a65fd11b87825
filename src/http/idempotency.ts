import { conflict, invalid } from './problem.js';
import type { Request } from './route.js';
import { nameOf } from './tokens.js';

/** Remembers keys of requests; implemented by storage/. */
export interface RequestKeys {
  claim(request: { who: string; key: string; request: unknown; id: string; at: number }): Promise<string | undefined>;
  release(who: string, key: string): Promise<void>;
  /** What was asked for has another id than was claimed: it was there before. */
  settle(who: string, key: string, id: string): Promise<void>;
}

/**
 * Starts something for a request, once for each `Idempotency-Key`: with the same key, `start` is given the id of what the
 * first request has made.
 *
 * @param fresh the id for what is made now
 * @throws {Problem} 422 for what is no key; 409 for one that came with another request before
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
  if (id === undefined) throw conflict('this Idempotency-Key came with another request; take a new one for each');
  const answer = await start(id);
  if (!answer.ok) await keys.release(asker, key);
  else if (answer.id !== id) await keys.settle(asker, key, answer.id);
  return answer;
}

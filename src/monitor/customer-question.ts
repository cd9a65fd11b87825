import { randomUUID } from 'node:crypto';
import { formatNumber } from '../directory/numbers.js';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { headersOf } from '../webhooks/request.js';

/**
 * What the shop is asked about somebody who calls.
 * @param number E.164
 * @param secrets by the name of their environment variable
 * @throws {SecretMissing}
 */
export function customerQuestion(
  lookup: Lookup,
  { number, country }: { number: string; country: string },
  secrets: Readonly<Record<string, string>>,
  now: Instant,
): Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'> {
  const fields = { number: formatNumber(number, 'national', country), number_e164: number };
  const posts = lookup.method === 'POST';
  const body = posts ? JSON.stringify(fields) : '';
  const letter = { eventId: `lookup-${randomUUID()}`, contentType: 'application/json', body };
  const headers = headersOf(lookup, letter, secrets, Math.floor(now / 1000));
  headers['accept'] = 'application/json';
  if (posts) return { url: lookup.url, method: 'POST', headers, body };
  delete headers['content-type'];
  const url = new URL(lookup.url);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  return { url: url.href, method: 'GET', headers };
}

import { formatNumber } from '../directory/numbers.js';
import { withQuery } from '../http/exact-address.js';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { questionOf } from '../webhooks/request.js';

/**
 * Builds the request to the shop for the customer of a number.
 * @param number E.164
 * @param secrets by the names of their environment variables
 * @throws {SecretMissing} when a secret of the lookup is not set
 */
export function customerRequest(
  lookup: Lookup,
  { number, country }: { number: string; country: string },
  secrets: Readonly<Record<string, string>>,
  now: Instant,
): Pick<OutboundRequest, 'url' | 'method' | 'headers' | 'body'> {
  const fields = { number: formatNumber(number, 'national', country), number_e164: number };
  const request = questionOf('lookup', lookup, fields, secrets, now);
  if (lookup.method === 'POST') return { url: lookup.url, ...request };
  return { url: withQuery(lookup.url, fields), ...request };
}

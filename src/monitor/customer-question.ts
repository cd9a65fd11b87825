import { formatNumber } from '../directory/numbers.js';
import { withQuery } from '../http/exact-address.js';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import type { Lookup } from '../webhooks/lookup-schema.js';
import { questionOf } from '../webhooks/request.js';

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
  const asked = questionOf('lookup', lookup, fields, secrets, now);
  if (lookup.method === 'POST') return { url: lookup.url, ...asked };
  return { url: withQuery(lookup.url, fields), ...asked };
}

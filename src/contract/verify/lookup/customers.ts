import { parseCustomer } from '../../../monitor/customer-response.js';
import { customerRequest } from '../../../monitor/customer-request.js';
import { MAX_CONCURRENT } from '../../../monitor/lookup.js';
import type { Lookup } from '../../../webhooks/lookup-schema.js';
import type { Check } from '../sheet.js';
import { answers, callerChecks, loginCheck, lookupWholeChecks } from './checks.js';
import type { LookupUnderTest, LookupResult } from './lookup.js';

/** The shop's address, requested as the monitor does. */
export function customerLookup(
  common: Pick<LookupUnderTest, 'peer' | 'caller' | 'stranger' | 'orders' | 'country'>,
  { lookup, secrets }: { lookup: Lookup; secrets: Readonly<Record<string, string>> },
): LookupUnderTest {
  return {
    ...common,
    question: (number, instead = secrets) =>
      customerRequest(lookup, { number, country: common.country }, instead, Date.now()),
    read: readResult,
    login: {
      variables: [lookup.secret, lookup.basic_auth].filter((name) => name !== undefined),
      headers: ['authorization', 'webhook-signature'],
    },
    atOnce: MAX_CONCURRENT,
  };
}

function readResult(body: string): LookupResult {
  const customer = parseCustomer(body);
  return { known: customer !== null, orders: customer?.orders.map(({ id }) => id) ?? [] };
}

/** Requirements of the shop's caller lookup (docs/monitor.md). */
export const customerLookupChecks: readonly Check<LookupUnderTest>[] = [
  answers,
  ...callerChecks,
  loginCheck,
  ...lookupWholeChecks,
];

import { digitsOf, formatNumber } from '../../directory/numbers.js';
import type { Gootax } from './schema.js';

/** The dispatch's page of a call, for one operator; undefined when it needs a token and the operator has none. */
export function popAddress(
  { domain, pop }: Gootax,
  call: { id: string; number: string; line: string },
  token: string | undefined,
  country: string,
): string | undefined {
  if (token === undefined && pop.url.includes('{access_token}')) return undefined;
  const written = (number: string) => {
    if (pop.numbers !== 'digits') return formatNumber(number, pop.numbers, country);
    return /^\+\d+$/.test(number) ? digitsOf(number) : number;
  };
  const values: Record<string, string> = {
    domain,
    access_token: token ?? '',
    clid: written(call.number),
    did: written(call.line),
    call_id: call.id,
  };
  return pop.url.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

/** Whether pages open for an operator. */
export function popsOf(gootax: Gootax | undefined, hasToken: boolean): 'off' | 'no_token' | 'on' {
  if (gootax === undefined || gootax.pop.on === 'off') return 'off';
  return hasToken || !gootax.pop.url.includes('{access_token}') ? 'on' : 'no_token';
}

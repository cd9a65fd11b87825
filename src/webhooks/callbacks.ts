import { readExactAddress, type ExactAddress } from '../http/exact-address.js';
import type { Callback, Webhook } from './schema.js';

/**
 * Addresses that come with a request (`callback_url`) and receive its outcome. Only addresses below one that the company's document lists
 * under `callbacks` are allowed. Deliveries work as those of webhooks: stored in one transaction with their event, sent in order, retried
 * until accepted, signed with the callback's secret.
 *
 * To use it: check the address with {@link callbackProblem} when the request arrives and set it as `callbackUrl` of the resource event
 * (telephony/domain-events.ts). A flow emits the event in a step; other code stores the deliveries in the transaction of the change that
 * the event reports.
 */

/** Prefix of callback names. No name of a webhook can start with it. */
const MARK = 'callback:';

/** Why the address is not allowed, with the remedy; undefined when it is. */
export function callbackProblem(url: string, allowed: readonly Callback[]): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return 'not an http or https URL';
  if (new URL(url).username !== '' || new URL(url).password !== '')
    return 'the address holds a login; name its variable in basic_auth of the callback';
  return callbackFor(url, allowed) === undefined
    ? 'that address is not allowed; the company allows addresses in the section callbacks of its document'
    : undefined;
}

/** The callback that allows this address; of several, the one with the longest address. */
export function callbackFor(url: string, allowed: readonly Callback[]): Callback | undefined {
  return allowed.filter((one) => isBelow(url, one.url)).sort((a, b) => b.url.length - a.url.length)[0];
}

/**
 * True for the address itself and for addresses below it, after a slash or a question mark. Checked both as written, which is how it is
 * sent, and with dot segments resolved, which is how a server may read it.
 */
export function isBelow(url: string, base: string): boolean {
  const [one, other] = [readExactAddress(url), readExactAddress(base)];
  if (one === undefined || other === undefined || one.url.origin !== other.url.origin) return false;
  return isPathBelow(one.url.pathname, other.url.pathname) && isPathBelow(pathOf(one), pathOf(other));
}

function isPathBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(base.replace(/\/*$/, '/'));
}

function pathOf({ path }: ExactAddress): string {
  return path.split('?')[0] ?? '';
}

/** The callbacks as webhooks without subscriptions. */
export function callbackHooks(allowed: readonly Callback[]): Webhook[] {
  return allowed.map((callback) => ({ ...callback, name: hookOf(callback), profile: 'telfa' }));
}

/** The webhook name under which its deliveries are stored. */
export function hookOf({ name }: Callback): string {
  return MARK + name;
}

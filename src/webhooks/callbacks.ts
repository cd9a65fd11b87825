import { readExactAddress, type ExactAddress } from '../http/exact-address.js';
import type { Callback, Webhook } from './schema.js';

/**
 * Addresses that come with a request (`callback_url`), to which its outcome is told: only those below an address that the
 * company's document allows under `callbacks`; where it allows none, none. What is sent there is delivered as webhooks are:
 * stored with what it tells, in order, again until it is taken, signed with the callback's secret.
 *
 * To use it: show the address to {@link callbackProblem} when the request comes in, and give it as `callbackUrl` of a
 * `Report` (flows/news.ts). Flows put reports into their step's news; others store what `NewsDesk.deliveries(id, [report])`
 * gives with `storeDeliveries` in the transaction of what is told, and call `NewsDesk.stored()` when that is through.
 */

/** Of names of webhooks no one begins like this. */
const MARK = 'callback:';

/** What is wrong with the address, and what to do about it; undefined when it may be used. */
export function callbackProblem(url: string, allowed: readonly Callback[]): string | undefined {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return 'that is no http or https URL';
  if (new URL(url).username !== '' || new URL(url).password !== '')
    return 'the address holds a login; name its variable in basic_auth of the callback';
  return callbackFor(url, allowed) === undefined
    ? 'that address is not allowed; the company allows addresses in the section callbacks of its document'
    : undefined;
}

/** The callback below whose address this one is; of several the closest. */
export function callbackFor(url: string, allowed: readonly Callback[]): Callback | undefined {
  return allowed.filter((one) => isBelow(url, one.url)).sort((a, b) => b.url.length - a.url.length)[0];
}

/**
 * True for the address itself, and for what is behind a slash or a question mark there: as it is written, which is how it
 * is sent, and with its dot segments resolved, which is how a server may read it.
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

/** The callbacks as webhooks that hear nothing by themselves. */
export function callbackHooks(allowed: readonly Callback[]): Webhook[] {
  return allowed.map((callback) => ({ ...callback, name: hookOf(callback), profile: 'telfa' }));
}

/** Under which name deliveries to it are kept. */
export function hookOf({ name }: Callback): string {
  return MARK + name;
}

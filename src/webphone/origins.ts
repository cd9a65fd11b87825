import { isIP } from 'node:net';

/**
 * Our own pages, and those that are listed. Our own are those at the addresses that the gateway is configured with, and at whatever IP
 * address the browser reached us by. A name in the Host header does not count: anybody can let a name of theirs lead to our address. A
 * browser always says from where a page is; what says nothing is none.
 */
export function mayUseHandsets(
  origin: string | undefined,
  host: string | undefined,
  { own, listed }: { own: readonly string[]; listed: readonly string[] },
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  const isReached = page.host === host && isNoName(page.hostname);
  return isReached || own.some((address) => new URL(address).origin === page.origin) || listed.includes(page.origin);
}

/** An address, or the one name that browsers let lead nowhere else. */
function isNoName(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

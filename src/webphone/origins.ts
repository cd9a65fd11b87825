import { isIP } from 'node:net';

/**
 * Whether a page of this origin may use handsets: the gateway's own pages and the listed origins. Own pages are those at the configured
 * addresses, and at the IP address by which the browser reached the gateway. A host name in the Host header does not count, because any
 * domain can resolve to the gateway's address (DNS rebinding). A request without Origin does not come from a page and is rejected.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  { own, listed }: { own: readonly string[]; listed: readonly string[] },
): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const page = new URL(origin);
  const isReached = page.host === host && isAddress(page.hostname);
  return isReached || own.some((address) => new URL(address).origin === page.origin) || listed.includes(page.origin);
}

/** Whether the host is an IP address or `localhost`, which browsers always resolve to the loopback address. */
function isAddress(hostname: string): boolean {
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
}

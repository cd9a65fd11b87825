import { lookup, resolveSrv } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Trunk } from './trunk-schema.js';

/**
 * IP addresses and networks whose calls are a trunk's. Asterisk would look names up again for each request that it receives, so the
 * gateway does.
 *
 * @returns `unknown`: host names without an address
 */
export async function sourcesOf(trunk: Pick<Trunk, 'server' | 'addresses' | 'transport'>): Promise<{
  sources: string[];
  unknown: string[];
}> {
  const sources = new Set<string>();
  const unknown: string[] = [];
  for (const written of [trunk.server, ...trunk.addresses]) {
    const found = await addressesOf(written, trunk.transport);
    if (found.length === 0) unknown.push(written);
    for (const address of found) sources.add(address);
  }
  return { sources: [...sources].sort(), unknown };
}

async function addressesOf(written: string, transport: Trunk['transport']): Promise<string[]> {
  const [, bracketed, host = written, port] = /^(?:\[([^\]]+)\]|([^:/]+))(?::(\d+))?$/.exec(written) ?? [];
  if (bracketed !== undefined) return [bracketed];
  if (isIP(host) !== 0 || /\/\d+$/.test(written)) return [host];
  const servers = port === undefined ? await serversOf(host, transport) : [];
  const found = await Promise.all([host, ...servers].map((name) => lookup(name, { all: true }).catch(() => [])));
  return found.flat().map(({ address }) => address);
}

/** The hosts that serve SIP for a domain (RFC 3263). */
async function serversOf(domain: string, transport: Trunk['transport']): Promise<string[]> {
  const service = transport === 'tls' ? '_sips._tcp' : `_sip._${transport}`;
  const records = await resolveSrv(`${service}.${domain}`).catch(() => []);
  return records.map(({ name }) => name);
}

import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { textOf, type AmiEvent, type AmiFields } from './ami/ami-connection.js';
import { ignoringRefused } from './ignored-errors.js';

type List = (fields: AmiFields) => Promise<AmiEvent[]>;

const HOST = /sips?:(?:[^@<>;,]*@)?(\[[0-9a-f:]+\]|[\w.-]+)/i;

/**
 * IP addresses that SIP comes from with good reason: of registered phones, of the trunks' contacts and registrars, and those by which
 * Asterisk recognises trunks, also as networks (CIDR). Names are resolved. @param trunks endpoints @throws AsteriskError
 */
export async function addressesInUse(list: List, trunks: readonly string[]): Promise<string[]> {
  const listed = async (fields: AmiFields) => (await ignoringRefused(list(fields))) ?? [];
  const [contacts, registrations, ...details] = await Promise.all([
    listed({ Action: 'PJSIPShowContacts' }),
    listed({ Action: 'PJSIPShowRegistrationsOutbound' }),
    ...trunks.map((Endpoint) => listed({ Action: 'PJSIPShowEndpoint', Endpoint })),
  ]);
  const matches = details
    .flat()
    .flatMap((row) => textOf(row, 'match').split(','))
    .filter((match) => match !== '');
  const uris = [
    ...contacts.map((row) => textOf(row, 'uri')),
    ...registrations.flatMap((row) => [textOf(row, 'serveruri'), textOf(row, 'outboundproxy')]),
  ];
  const hosts = [
    ...contacts.map((row) => textOf(row, 'viaaddr')),
    ...matches.map((match) => match.split('/')[0] ?? ''),
    ...uris.map((uri) => HOST.exec(uri)?.[1] ?? ''),
  ].map((host) => host.replace(/^\[|\]$/g, ''));
  const found = await Promise.all([...new Set(hosts)].filter((host) => host !== '').map(resolved));
  return [...new Set([...matches, ...found.flat()])];
}

async function resolved(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

import type { AmiEvent, AmiFields } from './ami-connection.js';
import { textOf } from './ami-connection.js';
import type { AsteriskNames } from '../names.js';
import { ignoringRefused } from '../ignored-errors.js';
import type { AsteriskEvent, HandsetContact } from '../port.js';

const STATES: Record<string, HandsetContact['state']> = { Reachable: 'reachable', Unreachable: 'unreachable' };
const PEER = /^PJSIP\/(.+)$/;

type List = (fields: AmiFields) => Promise<AmiEvent[]>;

/** The registered phones. */
export async function listContacts(list: List, names: AsteriskNames): Promise<HandsetContact[]> {
  return (await contactsIn(list)).map((contact) => ({
    handset: names.handsetOf(textOf(contact, 'endpoint')),
    address: `${textOf(contact, 'viaaddr')}:${textOf(contact, 'viaport')}`,
    userAgent: textOf(contact, 'useragent'),
    state: STATES[textOf(contact, 'status')] ?? 'unknown',
    expiresAt: Number(textOf(contact, 'expirationtime')) * 1000,
  }));
}

/** The contacts of a handset, as SIP URIs. */
export async function contactUrisOf(list: List, handset: string): Promise<string[]> {
  const found = await contactsIn(list);
  return found.filter((one) => textOf(one, 'endpoint') === handset).map((one) => textOf(one, 'uri'));
}

async function contactsIn(list: List): Promise<AmiEvent[]> {
  const found = await ignoringRefused(list({ Action: 'PJSIPShowContacts' }));
  return (found ?? []).filter(({ event }) => event === 'ContactList');
}

type HandsetEvent = Extract<AsteriskEvent, { type: 'handset_state' | 'handset_contacts' }>;

/** Converts an AMI event of a handset; undefined for other events. */
export function handsetEventOf(event: AmiEvent, at: number, names: AsteriskNames): HandsetEvent | undefined {
  if (event.event === 'ContactStatus') {
    const handset = names.handsetOf(textOf(event, 'endpointname') || textOf(event, 'aor'));
    return handset === '' ? undefined : { type: 'handset_contacts', at, handset };
  }
  const endpoint = PEER.exec(textOf(event, 'peer'))?.[1];
  if (event.event !== 'PeerStatus' || endpoint === undefined) return undefined;
  const handset = names.handsetOf(endpoint);
  return { type: 'handset_state', at, handset, registered: textOf(event, 'peerstatus') === 'Reachable' };
}

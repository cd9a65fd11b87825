import type { AsteriskNames } from '../names.js';
import { hashedMark, MARKED } from '../sip-objects.js';
import { TRUNK_HEADER } from './trunk-header.js';
import type { TrunkAccount } from './trunk-port.js';

/** Fields of Asterisk's objects for a trunk, by type of the object. */

/** In this order: Asterisk reads an endpoint only when the objects that it refers to exist. */
export const TRUNK_OBJECTS = ['aor', 'auth', 'endpoint', 'identify', 'registration'] as const;
export type TrunkObject = (typeof TRUNK_OBJECTS)[number];

/** Seconds. Ends a call within three minutes when the far end is gone without a BYE. */
const SESSION_S = '180';
/** Seconds. Also how often a lost registration is noticed. */
const REGISTRATION_S = '300';
/** Seconds until a refused or unanswered registration is tried again. */
const RETRY_S = '30';
/** A registration is never given up. */
const RETRIES = '1000000';

type Fields = Record<string, string>;

/** The objects of a trunk; those that it does not need are left out. */
export function trunkObjects(
  trunk: TrunkAccount,
  names: AsteriskNames,
): { [T in TrunkObject]: Fields | undefined } & { endpoint: Fields } {
  const objects = {
    aor: aorOf(trunk),
    auth: trunk.user === undefined ? undefined : authOf(trunk, trunk.user),
    endpoint: endpointOf(trunk, names),
    identify: trunk.sources.length === 0 && trunk.front === undefined ? undefined : identifyOf(trunk),
    registration: trunk.registers ? registrationOf(trunk) : undefined,
  };
  return { ...objects, endpoint: { ...objects.endpoint, [MARKED]: hashedMark(names.trunkMark, objects) } };
}

function aorOf(trunk: TrunkAccount): Fields {
  return {
    contact: targetUri(trunk),
    qualify_frequency: trunk.checks ? '30' : '0',
    qualify_timeout: '3.0',
    outbound_proxy: proxyOf(trunk),
  };
}

function authOf({ password = '' }: TrunkAccount, username: string): Fields {
  return { auth_type: 'userpass', username, password };
}

function endpointOf(trunk: TrunkAccount, { contexts }: AsteriskNames): Fields {
  const { name, user, codecs, encryption, registers, front } = trunk;
  return {
    context: contexts.fromTrunk,
    // By address or registration only: identification by name would let any caller claim to be the trunk.
    identify_by: front === undefined ? 'ip' : 'header',
    aors: name,
    outbound_auth: user === undefined ? '' : name,
    outbound_proxy: proxyOf(trunk),
    from_domain: hostOf(trunk),
    disallow: 'all',
    allow: codecs.join(','),
    media_encryption: encryption === 'sdes' ? 'sdes' : 'no',
    dtmf_mode: 'auto_info',
    direct_media: 'no',
    // A gateway that registers is often behind NAT.
    rtp_symmetric: registers ? 'yes' : 'no',
    // Never reveals one leg's number to the other.
    send_connected_line: 'no',
    send_pai: 'no',
    send_rpid: 'no',
    trust_id_outbound: 'no',
    // The other side must not transfer callers past the gateway.
    allow_transfer: 'no',
    timers: 'always',
    timers_sess_expires: SESSION_S,
  };
}

/** All calls from the proxy have its address, so it names the trunk. Asterisk accepts SIP from nobody else then (pjsip-front.conf). */
function identifyOf({ name, sources, front }: TrunkAccount): Fields {
  if (front !== undefined) return { endpoint: name, match_header: `${TRUNK_HEADER}: ${name}` };
  return { endpoint: name, match: sources.join(','), srv_lookups: 'no' };
}

function registrationOf(trunk: TrunkAccount): Fields {
  const { name, user = '', contactUser } = trunk;
  return {
    server_uri: targetUri(trunk),
    client_uri: `sip:${user}@${hostOf(trunk)}`,
    contact_user: contactUser,
    outbound_auth: user === '' ? '' : name,
    outbound_proxy: proxyOf(trunk),
    expiration: REGISTRATION_S,
    retry_interval: RETRY_S,
    forbidden_retry_interval: RETRY_S,
    fatal_retry_interval: RETRY_S,
    max_retries: RETRIES,
    auth_rejection_permanent: 'no',
    endpoint: name,
    // Calls to the Contact of this registration are the trunk's, wherever they come from.
    line: 'yes',
  };
}

/** Where requests go by their address; through the server when the account has another domain. */
function targetUri(trunk: TrunkAccount): string {
  return `sip:${trunk.domain ?? trunk.server}${transportOf(trunk)}`;
}

function proxyOf(trunk: TrunkAccount): string {
  if (trunk.front !== undefined) return `sip:${trunk.front};lr`;
  return trunk.domain === undefined ? '' : `sip:${trunk.server}${transportOf(trunk)};lr`;
}

function transportOf({ transport }: TrunkAccount): string {
  return transport === 'udp' ? '' : `;transport=${transport}`;
}

function hostOf({ domain, server }: TrunkAccount): string {
  return domain ?? server.replace(/:\d+$/, '');
}

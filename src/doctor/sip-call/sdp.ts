import { isIPv6 } from 'node:net';
import type { G711 } from '../../prompts/g711.js';

/** Session descriptions (RFC 8866) of a telephone with alaw, ulaw and digits of RFC 4733. */

/** Static payload types (RFC 3551). */
export const LAW_OF: Record<0 | 8, G711> = { 0: 'ulaw', 8: 'alaw' };
const EVENT_TYPE = 101;

export interface RemoteMedia {
  host: string;
  port: number;
  payloadType: 0 | 8;
  /** Payload type of digits; undefined when they are not accepted in RTP. */
  eventType: number | undefined;
}

export function buildOffer(host: string, port: number): string {
  const address = `IN ${isIPv6(host) ? 'IP6' : 'IP4'} ${host}`;
  return [
    'v=0',
    `o=- 1 1 ${address}`,
    's=-',
    `c=${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 ${EVENT_TYPE}`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    `a=rtpmap:${EVENT_TYPE} telephone-event/8000`,
    `a=fmtp:${EVENT_TYPE} 0-15`,
    'a=ptime:20',
    '',
  ].join('\r\n');
}

/** Undefined when it has no audio that was offered. */
export function parseAnswer(sdp: string): RemoteMedia | undefined {
  const host = /^c=IN IP[46] ([^\s/]+)/m.exec(sdp)?.[1];
  const [, port = '0', types = ''] = /^m=audio (\d+) \S+ (.*)$/m.exec(sdp) ?? [];
  const first = types
    .trim()
    .split(/\s+/)
    .find((type) => type === '0' || type === '8');
  if (host === undefined || port === '0' || first === undefined) return undefined;
  const event = /^a=rtpmap:(\d+) telephone-event\/8000/im.exec(sdp)?.[1];
  return {
    host,
    port: Number(port),
    payloadType: first === '0' ? 0 : 8,
    eventType: event === undefined ? undefined : Number(event),
  };
}

import type { Handset } from './schema.js';

/** Where a phone registers, and how it protects its calls. */
export interface PhoneConnection {
  server: string;
  port: number;
  transport: 'udp' | 'tls';
  /** Encrypted audio (SRTP with SDES). */
  srtp: Handset['encryption'];
}

/** Where Asterisk serves telephones. `tlsPort`: SIP over TLS; undefined: not served. */
export interface SipServer {
  server: string;
  port: number;
  tlsPort: number | undefined;
}

/** A handset that wants encryption goes without it while Asterisk serves no TLS; one that requires it does not. */
export function connectionOf({ server, port, tlsPort }: SipServer, srtp: Handset['encryption']): PhoneConnection {
  if (srtp === 'off' || (srtp === 'wanted' && tlsPort === undefined))
    return { server, port, transport: 'udp', srtp: 'off' };
  return { server, port: tlsPort ?? DEFAULT_TLS_PORT, transport: 'tls', srtp };
}

/** RFC 3261. */
const DEFAULT_TLS_PORT = 5061;

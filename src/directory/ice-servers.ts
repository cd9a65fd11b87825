import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { responseInstant } from '../http/instant.js';
import type { Instant } from '../lib/clock.js';
import { HOUR_MS, SECOND_MS } from '../lib/time.js';

/** Longer than a working day, so that a page that renews them at half of it never uses expired ones. */
const LIFETIME_MS = 24 * HOUR_MS;

/** STUN and TURN servers, with which browsers behind NAT reach Asterisk. */
export interface IceSettings {
  stunUrls: string[];
  turnUrls: string[];
  /** Shared with the TURN server (coturn: `static-auth-secret`); undefined without a TURN server. */
  turnSecret: string | undefined;
}

export const iceServers = z
  .object({
    ice_servers: z
      .array(
        z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
      )
      .describe('`iceServers` of an RTCPeerConnection'),
    expires_at: responseInstant.nullable().describe('When the credentials of the TURN server expire; null without one'),
  })
  .describe('STUN and TURN servers for the audio of a browser');

/**
 * The servers for one handset, with credentials of the TURN server that expire: its user name is the time of expiry and the handset, its
 * password the HMAC of both (https://datatracker.ietf.org/doc/html/draft-uberti-behave-turn-rest-00).
 */
export function iceServersFor(
  handset: string,
  { stunUrls, turnUrls, turnSecret }: IceSettings,
  now: Instant,
): z.output<typeof iceServers> {
  const stun = stunUrls.length === 0 ? [] : [{ urls: stunUrls }];
  if (turnUrls.length === 0 || turnSecret === undefined) return { ice_servers: stun, expires_at: null };
  const expiresAt = now + LIFETIME_MS;
  const username = `${Math.floor(expiresAt / SECOND_MS)}:${handset}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  return {
    ice_servers: [...stun, { urls: turnUrls, username, credential }],
    expires_at: new Date(expiresAt).toISOString(),
  };
}

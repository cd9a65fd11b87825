import { z } from 'zod';
import { json } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { conflict, notFound, notOwnHandset, Problem } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import type { RecordAction } from '../storage/audit-log.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import { iceServers } from './ice-servers.js';
import type { HandsetProvisioner } from './handset-provisioner.js';
import { connectionOf } from './phone-encryption.js';
import type { PhoneProvisioning } from './phone-provisioning.js';
import type { Handset } from './schema.js';

const phoneServers = z.object({
  server: z.string().describe('Server and domain of SIP phones'),
  port: z.number().int(),
  transports: z.array(z.enum(['udp', 'tcp'])),
  tls_port: z.number().int().nullable().describe('SIP over TLS; null: Asterisk does not serve it'),
  websocket_url: z.string().describe('SIP server of browser phones'),
  websocket_domain: z.string().describe('Domain of their SIP addresses'),
});

const credentials = z.object({
  user: z.string(),
  password: z.string(),
  provisioning: z
    .object({ linphone: z.string(), yealink: z.string(), grandstream: z.string(), expires_at: responseInstant })
    .nullable()
    .describe('Addresses from which phones fetch these settings, for 15 minutes; null for browser phones'),
});

const browserAccount = z.object({
  user: z.string().describe('Name of the handset: the user of the SIP address'),
  authorization_user: z.string().describe('User name for the challenge; it differs from `user`'),
  password: z.string(),
  expires_at: responseInstant.describe('Ask for another account before'),
  ice_servers: iceServers.shape.ice_servers,
});

interface BrowserAccounts {
  /** @param session of an embedded phone @returns undefined while the handset has no password */
  issue(holder: {
    handset: string;
    operator: number;
    session?: string | undefined;
  }): { authorizationUser: string; password: string; expiresAt: number; isRenewal: boolean } | undefined;
}

const NOT_CACHED = { 'cache-control': 'no-store' };

interface HandsetRoutesOptions {
  handsets: () => Handset[];
  keeper: Pick<HandsetProvisioner, 'renewPassword'>;
  accounts: BrowserAccounts;
  provisioning: Pick<PhoneProvisioning, 'offer'>;
  servers: z.output<typeof phoneServers>;
  iceServersFor: (handset: string) => z.output<typeof iceServers>;
  record: RecordAction;
  /** Leaves out what was just recorded: a browser phone asks for its account whenever its page opens. */
  recordOnce: RecordAction;
}

/** @throws Problem 409 for a telephone of the company's own Asterisk, whose account the gateway does not make */
export function requireOwnAccount({ name, endpoint }: Pick<Handset, 'name' | 'endpoint'>): void {
  if (endpoint !== undefined)
    throw conflict(`${name} is the telephone ${endpoint} of your own Asterisk, which has its password (endpoint)`);
}

/**
 * `/api/v1/phone-servers`, and the two routes that give out a handset's account: a new password for a person who sets a phone up, and a
 * short-lived account for the browser of the handset's own operator.
 */
export function handsetRoutes({
  handsets,
  keeper,
  accounts,
  provisioning,
  servers,
  iceServersFor,
  record,
  recordOnce,
}: HandsetRoutesOptions): Route[] {
  /** By handset: the settings at the offered address must have the newest password. */
  const turns = new KeyedQueue();
  const handsetNamed = (name: string) => {
    const handset = handsets().find((one) => one.name === name);
    if (handset === undefined) throw notFound(`there is no handset ${name}`);
    return handset;
  };
  const requireBrowserHandset = (name: string) => {
    if (!handsetNamed(name).webrtc) throw conflict(`${name} is not a handset for browsers: set webrtc`);
  };
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/browser-phone',
      scope: 'operators:read',
      forPhones: true,
      summary:
        'A SIP account of your own handset for the phone in your browser, valid for half an hour; only with a login of a person, or in an embedded phone',
      params: z.object({ name: z.string().max(40) }),
      answers: {
        200: { description: 'The account', schema: browserAccount },
        409: { description: 'The handset is not for browsers (`webrtc`)' },
        503: { description: 'The handset is not in Asterisk yet' },
      },
      handle: async ({ params: { name }, who }) => {
        if (who?.operator?.handset !== name) throw notOwnHandset();
        requireBrowserHandset(name);
        const account = accounts.issue({ handset: name, operator: who.operator.id, session: who.phoneSession });
        if (account === undefined)
          throw new Problem(503, 'Unavailable', 'the handset is not in Asterisk yet; try again');
        if (!account.isRenewal) await recordOnce({ action: 'handset_password_shown', subject: name });
        return json(
          {
            user: name,
            authorization_user: account.authorizationUser,
            password: account.password,
            expires_at: new Date(account.expiresAt).toISOString(),
            ice_servers: iceServersFor(name).ice_servers,
          },
          200,
          NOT_CACHED,
        );
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/ice-servers',
      scope: 'operators:read',
      forPhones: true,
      summary: 'STUN and TURN servers for the audio of a browser phone, with new credentials',
      params: z.object({ name: z.string().max(40) }),
      answers: {
        200: { description: 'The servers', schema: iceServers },
        409: { description: 'The handset is not for browsers (`webrtc`)' },
      },
      handle: ({ params: { name }, who, can }) => {
        if (who?.operator?.handset !== name && !can('calls:control')) throw notOwnHandset('calls:control');
        requireBrowserHandset(name);
        return json(iceServersFor(name), 200, NOT_CACHED);
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/phone-servers',
      scope: 'operators:read',
      summary: 'Server addresses that phones need besides user name and password',
      answers: { 200: { description: 'The addresses', schema: phoneServers } },
      handle: () => json(servers),
    }),
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/password',
      scope: 'config:write',
      summary: 'Creates a new password for a handset and returns it once; phones with the old one lose access',
      params: z.object({ name: z.string().max(40) }),
      answers: {
        200: { description: 'The account of the handset', schema: credentials },
        409: { description: 'The handset is a telephone of the company’s own Asterisk (`endpoint`)' },
      },
      handle: async ({ params: { name } }) => {
        const handset = handsetNamed(name);
        requireOwnAccount(handset);
        const { password, links } = await turns.run(name, async () => {
          // Before the password is shown: none may be without an entry.
          await record({ action: 'handset_password_set', subject: name });
          const created = await keeper.renewPassword(name);
          const { server, port, tls_port } = servers;
          const connection = connectionOf({ server, port, tlsPort: tls_port ?? undefined }, handset.encryption);
          const settings = { ...connection, user: name, password: created };
          const displayName = handset.display_name === '' ? name : handset.display_name;
          return {
            password: created,
            links: handset.webrtc ? undefined : provisioning.offer({ ...settings, displayName }),
          };
        });
        return json({
          user: name,
          password,
          provisioning: links ? { ...links.urls, expires_at: new Date(links.expiresAt).toISOString() } : null,
        });
      },
    }),
  ];
}

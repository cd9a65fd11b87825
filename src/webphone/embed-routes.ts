import { z } from 'zod';
import { json, noContent } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { conflict, invalid, notFound, Problem } from '../http/problem.js';
import { route, type Identity, type Route } from '../http/route.js';
import { nameOf } from '../http/tokens.js';
import type { RecordAction } from '../storage/audit-log.js';
import type { GrantIssuer, PhoneGrant } from './phone-grant.js';
import type { PhoneSessions } from './phone-sessions.js';
import type { PhoneTokens } from './phone-tokens.js';
import { pageOrigin } from './schema.js';

const MAX_TOKEN = 200;

const tokenAnswer = z.object({ token: z.string(), expires_at: responseInstant });
const endAnswer = z.object({ expires_at: responseInstant.describe('Renew the session before') });
const ENDED = { description: 'The token is unknown, used or expired' };

export interface EmbedRouteParts {
  tokens: Pick<PhoneTokens, 'issue' | 'redeem'>;
  sessions: Pick<PhoneSessions, 'begin' | 'renew' | 'end'>;
  handsets: () => readonly { name: string; webrtc: boolean }[];
  operators: () => readonly { id: number; login: string; handset?: string | undefined }[];
  /** Whether pages of this origin may embed a phone. */
  isListed: (origin: string) => boolean;
  /** The issuer behind a request; undefined when it was revoked meanwhile. */
  issuerOf: (who: Identity | undefined) => GrantIssuer | undefined;
  record: RecordAction;
}

/** The tokens and sessions of phones in other pages (`phone.js`). */
export function embedRoutes(parts: EmbedRouteParts): Route[] {
  const { tokens, sessions } = parts;
  return [
    route({
      method: 'POST',
      path: '/api/v1/handsets/:name/phone-token',
      scope: 'phones:embed',
      summary: 'A token that opens the phone of this handset in a page of this origin, once within five minutes',
      params: z.object({ name: z.string().max(40) }),
      body: z.strictObject({ origin: pageOrigin.describe('Of the page with the script tag: `https://shop.example`') }),
      answers: {
        201: { description: 'The token', schema: tokenAnswer },
        409: { description: 'The handset is not for browsers (`webrtc`), or no operator has it' },
        422: { description: 'The origin is not among `browser_phones.origins`' },
      },
      handle: ({ params: { name }, body: { origin }, who }) => {
        const { token, expiresAt } = tokens.issue(grantFor(name, origin, who, parts));
        return json({ token, expires_at: iso(expiresAt) }, 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/phone-sessions',
      scope: 'public',
      ownLogin: true,
      summary: 'Exchanges the token of an embedded phone for a session, whose token the phone sends as a bearer token',
      body: z.strictObject({ token: z.string().max(MAX_TOKEN), origin: pageOrigin }),
      answers: { 201: { description: 'The token of the session', schema: tokenAnswer }, 401: ENDED },
      handle: async ({ body: { token, origin } }) => {
        const grant = tokens.redeem(token);
        const begun = grant?.origin === origin ? sessions.begin(grant) : undefined;
        if (grant === undefined || begun === undefined) throw ended();
        await recordBeginning(grant, parts);
        return json({ token: begun.token, expires_at: iso(begun.expiresAt) }, 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/phone-session/renewal',
      scope: 'operators:read',
      forPhones: true,
      summary: 'Renews the session of an embedded phone: for ten minutes, altogether for twelve hours',
      answers: { 200: { description: 'The new end', schema: endAnswer }, 401: ENDED },
      handle: ({ who }) => {
        const expiresAt = sessions.renew(sessionOf(who));
        if (expiresAt === undefined) throw ended();
        return json({ expires_at: iso(expiresAt) });
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v1/phone-session',
      scope: 'operators:read',
      forPhones: true,
      summary: 'Ends the session of an embedded phone',
      answers: { 204: { description: 'Ended' } },
      handle: ({ who }) => {
        sessions.end(sessionOf(who));
        return noContent();
      },
    }),
  ];
}

function grantFor(name: string, origin: string, who: Identity | undefined, parts: EmbedRouteParts): PhoneGrant {
  const handset = parts.handsets().find((each) => each.name === name);
  if (handset === undefined) throw notFound(`there is no handset ${name}`);
  if (!handset.webrtc) throw conflict(`${name} is not a handset for browsers: set webrtc`);
  const operator = parts.operators().find((each) => each.handset === name);
  if (operator === undefined) throw conflict(`no operator has the handset ${name}`);
  if (!parts.isListed(origin))
    throw invalid([{ field: 'body.origin', detail: 'add the origin to browser_phones.origins' }]);
  const issuer = parts.issuerOf(who);
  if (issuer === undefined) throw ended();
  return { handset: name, operator: operator.id, origin, issuer };
}

function recordBeginning({ handset, operator, origin, issuer }: PhoneGrant, parts: EmbedRouteParts): Promise<void> {
  const person = parts.operators().find(({ id }) => id === operator);
  return parts.record({
    action: 'embedded_phone_opened',
    subject: handset,
    detail: { origin, token: issuer.name },
    actor: { kind: 'operator', id: operator, name: `@${person?.login ?? ''}` },
  });
}

function sessionOf(who: Identity | undefined): string {
  if (who?.phoneSession === undefined) throw new Problem(403, 'Forbidden', 'only an embedded phone has such a session');
  return who.phoneSession;
}

function ended(): Problem {
  return new Problem(401, 'Unauthorized', 'the token is unknown, used or expired: ask your server for another one');
}

/** @param named looks up tokens and people, see `Tokens.named` */
export function issuerFinder(named: (name: string) => { fingerprint: string } | undefined) {
  return (who: Identity | undefined): GrantIssuer | undefined => {
    const name = who && nameOf(who);
    const known = name === undefined ? undefined : named(name);
    return name !== undefined && known !== undefined ? { name, fingerprint: known.fingerprint } : undefined;
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

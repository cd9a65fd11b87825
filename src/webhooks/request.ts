import { createHmac, randomUUID } from 'node:crypto';
import type { OutboundRequest } from '../http/outbound.js';
import type { Instant } from '../lib/clock.js';
import type { Webhook } from './schema.js';

/** One HTTP request of a delivery. */
export interface WebhookRequest {
  eventId: string;
  contentType: string;
  body: string;
  /** Default: the webhook's own address. */
  url?: string | undefined;
}

/** A secret that the company's document names is missing from the environment. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
  constructor(variable: string) {
    super(`the environment variable ${variable} is not set`);
  }
}

/**
 * Headers of one attempt: Standard Webhooks signature, and Basic or Bearer login if configured.
 *
 * @param secrets by name of environment variable
 * @param atS seconds since 1970
 * @throws {SecretMissing}
 */
export function headersOf(
  hook: Pick<Webhook, 'secret' | 'basic_auth' | 'bearer'>,
  { eventId, contentType, body }: WebhookRequest,
  secrets: Readonly<Record<string, string>>,
  atS: number,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': contentType,
    'user-agent': 'Cordboard',
    'webhook-id': eventId,
    'webhook-timestamp': String(atS),
  };
  if (hook.secret !== undefined)
    headers['webhook-signature'] = `v1,${sign(secretOf(secrets, hook.secret), `${eventId}.${atS}.${body}`)}`;
  if (hook.basic_auth !== undefined)
    headers['authorization'] = `Basic ${Buffer.from(secretOf(secrets, hook.basic_auth)).toString('base64')}`;
  if (hook.bearer !== undefined) headers['authorization'] = `Bearer ${secretOf(secrets, hook.bearer)}`;
  return headers;
}

/** The address of a lookup, with its credentials. */
interface Asked extends Pick<Webhook, 'secret' | 'basic_auth' | 'bearer'> {
  method: 'GET' | 'POST';
  /** Header name to name of the environment variable with its value. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * Builds a lookup request. With POST the fields are the JSON body; with GET the caller of this function puts them into the address.
 *
 * @param about prefix of the request id
 * @param secrets by name of environment variable
 * @throws {SecretMissing}
 */
export function questionOf(
  about: string,
  asked: Asked,
  fields: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  now: Instant,
): Pick<OutboundRequest, 'method' | 'headers' | 'body'> {
  const { method } = asked;
  const body = method === 'POST' ? JSON.stringify(fields) : '';
  const letter = { eventId: `${about}-${randomUUID()}`, contentType: 'application/json', body };
  const headers = headersOf(asked, letter, secrets, Math.floor(now / 1000));
  if (method === 'GET') delete headers['content-type'];
  for (const [header, variable] of Object.entries(asked.headers ?? {}))
    headers[header.toLowerCase()] = secretOf(secrets, variable);
  headers['accept'] = 'application/json';
  return method === 'POST' ? { method, headers, body } : { method, headers };
}

/** Standard Webhooks keys are `whsec_<base64>`; any other text is used as bytes. */
function sign(secret: string, content: string): string {
  const [, encoded] = /^whsec_(.*)$/.exec(secret) ?? [];
  const key = encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}

/** @throws {SecretMissing} */
function secretOf(secrets: Readonly<Record<string, string>>, variable: string): string {
  const secret = secrets[variable];
  if (secret === undefined) throw new SecretMissing(variable);
  return secret;
}

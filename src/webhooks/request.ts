import { createHmac } from 'node:crypto';
import type { Webhook } from './schema.js';

/** What is sent of a delivery. */
export interface Letter {
  eventId: string;
  contentType: string;
  body: string;
  /** Where it goes, if not to the webhook's own address. */
  url?: string | undefined;
}

/** A secret that the company's document names is not in the environment. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
  constructor(variable: string) {
    super(`the environment variable ${variable} is not set`);
  }
}

/**
 * Headers of one attempt: Standard Webhooks signature and Basic or Bearer login, where the webhook has them.
 *
 * @param secrets by the name of their environment variable
 * @param atS seconds since 1970
 * @throws {SecretMissing}
 */
export function headersOf(
  hook: Pick<Webhook, 'secret' | 'basic_auth' | 'bearer'>,
  { eventId, contentType, body }: Letter,
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

/** Keys of Standard Webhooks are written `whsec_<base64>`; any other text is its own bytes. */
function sign(secret: string, content: string): string {
  const [, encoded] = /^whsec_(.*)$/.exec(secret) ?? [];
  const key = encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}

/** @throws {SecretMissing} */
export function secretOf(secrets: Readonly<Record<string, string>>, variable: string): string {
  const secret = secrets[variable];
  if (secret === undefined) throw new SecretMissing(variable);
  return secret;
}

import { SecretMissing } from '../webhooks/request.js';
import { fill } from '../lib/fill.js';
import type { HttpTemplate } from './schema.js';

const WRITE: Record<HttpTemplate['content_type'], (value: string) => string> = {
  // Within a string of the JSON text.
  'application/json': (value) => JSON.stringify(value).slice(1, -1),
  'application/x-www-form-urlencoded': encodeURIComponent,
  'text/plain': (value) => value,
};

/**
 * The request that a template makes of a message.
 *
 * @param json the whole message, for a template without a body
 * @param secrets by name of environment variable
 * @throws {SecretMissing}
 */
export function requestOf(
  { url, method, body, content_type, secret, bearer }: HttpTemplate,
  message: Readonly<Record<string, string>>,
  json: string,
  secrets: Readonly<Record<string, string>>,
) {
  const values = secret === undefined ? message : { ...message, secret: secretOf(secrets, secret) };
  const headers: Record<string, string> = { 'user-agent': 'Cordboard' };
  if (bearer !== undefined) headers['authorization'] = `Bearer ${secretOf(secrets, bearer)}`;
  // The key in the URL is written as it is: `bot123:abc` of Telegram is no query.
  const withSecret = secret === undefined ? url : url.replaceAll('{secret}', secretOf(secrets, secret));
  const target = fill(withSecret, message, encodeURIComponent);
  if (method === 'GET') return { url: target, method, headers };
  headers['content-type'] = content_type;
  return { url: target, method, headers, body: body === undefined ? json : fill(body, values, WRITE[content_type]) };
}

function secretOf(secrets: Readonly<Record<string, string>>, variable: string): string {
  const secret = secrets[variable];
  if (secret === undefined) throw new SecretMissing(variable);
  return secret;
}

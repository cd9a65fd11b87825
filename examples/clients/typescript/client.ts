import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema.d.ts';

/** Responses and problem documents; some operations also answer in CSV. */
type Json = `application/${string}`;

/** The API of the gateway at this address. */
export function connect(url: string, token: string): Client<paths, Json> {
  return createClient<paths, Json>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
}

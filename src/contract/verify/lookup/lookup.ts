import type { OutboundRequest } from '../../../http/outbound.js';
import { hideNumbers } from '../hide.js';
import type { Peer } from '../peer.js';
import { Fault } from '../sheet.js';

/** What an answer says of a caller, as the gateway reads it. */
export interface Told {
  /** Something is known of the caller. */
  known: boolean;
  /** Names of the caller's orders. */
  orders: string[];
  /** Why some or all of it cannot be used; holds no number. */
  unusable?: string;
}

/** An address that is asked about callers. */
export interface LookupUnderTest<T extends Told = Told> {
  peer: Peer;
  /** The request that the gateway makes. @param secrets other ones than agreed upon */
  question: (number: string, secrets?: Readonly<Record<string, string>>) => Pick<OutboundRequest, Part>;
  read: (body: string) => T;
  /** E.164; undefined: nobody was named whom the peer knows. */
  caller: string | undefined;
  /** E.164: nobody that the peer knows. */
  stranger: string;
  /** Names of orders that the caller has. */
  orders: readonly string[];
  /** Names of the environment variables that requests log in with, and the headers in which they do. */
  login: { variables: readonly string[]; headers: readonly string[] };
  country: string;
  /** So many requests the gateway may make at once. */
  atOnce: number;
}

type Part = 'url' | 'method' | 'headers' | 'body';

/** Null: it does not know the number. @throws {Fault} when the answer is none */
export async function ask<T extends Told>(lookup: LookupUnderTest<T>, number: string): Promise<T | null> {
  const { status, body } = await lookup.peer.ask(lookup.question(number));
  if (status === 404) return null;
  if (status < 200 || status > 299)
    throw new Fault(`status ${status}${body === '' ? '' : `, ${hideNumbers(body)}`}`, remedyOf(status));
  try {
    JSON.parse(body);
  } catch {
    throw new Fault(
      `the answer is not JSON: ${body === '' ? 'it is empty' : hideNumbers(body)}`,
      'answer with JSON and nothing around it; who is not known gets 404, or JSON without orders',
    );
  }
  return lookup.read(body);
}

function remedyOf(status: number): string {
  if (status === 401 || status === 403)
    return 'let requests with our signature or key in; is it the same on both sides?';
  if (status === 405) return 'take the method that the configuration says, or change it there (method)';
  return 'answer 200 with JSON for every number, or 404 for one that you do not know; see the log of your web server';
}

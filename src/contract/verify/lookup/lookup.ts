import type { OutboundRequest } from '../../../http/outbound.js';
import { hideNumbers } from '../hide.js';
import type { Peer } from '../peer.js';
import { Fault } from '../sheet.js';

/** The caller as the gateway reads it from an answer. */
export interface LookupResult {
  /** The caller is known. */
  known: boolean;
  /** Names of the caller's orders. */
  orders: string[];
  /** Why the answer is partly or wholly unusable, without phone numbers. */
  unusable?: string | undefined;
}

/** An address for lookups of callers. */
export interface LookupUnderTest<T extends LookupResult = LookupResult> {
  peer: Peer;
  /** The gateway's request. @param secrets default: those agreed upon */
  question: (number: string, secrets?: Readonly<Record<string, string>>) => Pick<OutboundRequest, Part>;
  read: (body: string) => T;
  /** E.164, known to the peer; undefined: none was given. */
  caller: string | undefined;
  /** E.164, unknown to the peer. */
  stranger: string;
  /** Names of the caller's orders. */
  orders: readonly string[];
  /** Environment variables of the login, and the headers that carry it. */
  login: { variables: readonly string[]; headers: readonly string[] };
  country: string;
  /** The gateway's limit of concurrent requests. */
  atOnce: number;
}

type Part = 'url' | 'method' | 'headers' | 'body';

/** Null: the number is unknown. @throws {Fault} on an invalid answer */
export async function ask<T extends LookupResult>(lookup: LookupUnderTest<T>, number: string): Promise<T | null> {
  const { status, body } = await lookup.peer.ask(lookup.question(number));
  if (status === 404) return null;
  if (status < 200 || status > 299)
    throw new Fault(`status ${status}${body === '' ? '' : `, ${hideNumbers(body)}`}`, remedyOf(status));
  try {
    JSON.parse(body);
  } catch {
    throw new Fault(
      `the answer is not JSON: ${body === '' ? 'it is empty' : hideNumbers(body)}`,
      'answer with JSON only; for an unknown caller with 404, or with JSON without orders',
    );
  }
  return lookup.read(body);
}

function remedyOf(status: number): string {
  if (status === 401 || status === 403) return 'accept our signature or key; is it the same on both sides?';
  if (status === 405) return 'accept the method of the configuration, or change it there (method)';
  return 'answer 200 with JSON for every number, or 404 for an unknown one; the log of your web server has the cause';
}

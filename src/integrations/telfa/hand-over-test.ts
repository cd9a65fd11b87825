import { randomUUID } from 'node:crypto';
import type { Directive, HandOverCall } from '../../call-plan/hand-over-contract.js';
import { OutboundError, type OutboundClient } from '../../http/outbound.js';
import { telfaHandOver } from './hand-over.js';

/** As in calls. */
const LIMITS = { connectTimeoutMs: 3_000, totalTimeoutMs: 8_000, reuse: false } as const;

interface HandOverTest {
  url: string;
  /** Settings of the contract, as read by `telfaHandOver.profile`. */
  profile: unknown;
  /** ISO 3166: numbers are written without a country code there. */
  country: string;
  /** E.164: the called number. */
  line: string;
  /** What the caller types when the shop asks for input; undefined: the test ends at the question. */
  digits?: string | undefined;
}

/** One request to the shop and what came back. */
export interface Exchange {
  request: { contentType: string; body: string };
  latencyMs: number;
  /** Null without a response. */
  response: { status: number; body: string; directive: Directive } | null;
  /** Why there was no response. */
  failed: string | null;
}

/**
 * Plays the first requests of a hand-over without a call: the caller withholds the number, types `digits` at the first question, and hangs
 * up. The last request reports it to the shop, so that it does not keep the conversation open.
 */
export async function testHandOver(
  client: Pick<OutboundClient, 'request'>,
  { url, profile, country, line, digits }: HandOverTest,
): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  const ask = async (changes: Partial<HandOverCall>) => {
    const step = exchanges.length + 1;
    const exchange = await exchangeOf(client, url, profile, { ...call, ...changes, step });
    exchanges.push(exchange);
    return exchange.response?.directive;
  };
  const call: HandOverCall = {
    callId: `test_${randomUUID()}`,
    step: 1,
    callerNumber: '',
    calledNumber: line,
    country,
    digits: null,
    hangup: false,
    bridgeResult: null,
    fresh: null,
    echo: {},
  };
  let directive = await ask({});
  const isAsked = directive?.type === 'menu' && digits !== undefined && digits !== '';
  if (isAsked) directive = await ask({ digits, fresh: 'digits', echo: directive?.echo ?? {} });
  if (directive === undefined || directive.type === 'bad' || directive.type === 'hang_up') return exchanges;
  const typed = isAsked ? { digits } : {};
  await exchangeOf(client, url, profile, {
    ...call,
    ...typed,
    step: exchanges.length + 1,
    hangup: true,
    echo: directive.echo,
  });
  return exchanges;
}

async function exchangeOf(
  client: Pick<OutboundClient, 'request'>,
  url: string,
  profile: unknown,
  call: HandOverCall,
): Promise<Exchange> {
  const request = telfaHandOver.request(call, profile);
  const headers = {
    'content-type': request.contentType,
    accept: 'application/json, */*;q=0.5',
    'user-agent': 'Cordboard',
  };
  try {
    const { status, body, latencyMs } = await client.request({
      url,
      method: 'POST',
      headers,
      body: request.body,
      ...LIMITS,
    });
    const directive = telfaHandOver.read(status, body, profile);
    return { request, latencyMs, response: { status, body, directive }, failed: null };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { request, latencyMs: error.latencyMs, response: null, failed: `${error.reason}: ${error.detail}` };
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Gateway } from '../../support/gateway.js';

/** Calls that the API is asked for, at a rate, whether the gateway is up or not. */
export interface Announcements {
  /** Ids of those that were accepted. */
  accepted: string[];
  /** Asked for while nobody answered, or refused: nothing was promised. */
  refused: number;
  /** Sent, and the gateway died before its answer came: it may have been made, and nothing was promised. */
  unanswered: number;
}

/** Asks until the signal aborts; resolves when all requests have their outcome. */
export async function announce(
  gateway: Gateway,
  { perSecond, prompt, until }: { perSecond: number; prompt: number; until: AbortSignal },
): Promise<Announcements> {
  const result: Announcements = { accepted: [], refused: 0, unanswered: 0 };
  const asking = new Set<Promise<void>>();
  for (let number = 0; !until.aborted; number += 1) {
    const asked = ask(gateway, result, `+420778${String(number).padStart(6, '0')}`, prompt).finally(() =>
      asking.delete(asked),
    );
    asking.add(asked);
    await delay(1000 / perSecond, undefined, { signal: until }).catch(() => undefined);
  }
  await Promise.all(asking);
  return result;
}

async function ask(gateway: Gateway, result: Announcements, number: string, prompt: number): Promise<void> {
  try {
    const response = await gateway.fetch('/api/v1/calls/announce', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ number, prompt }),
    });
    const body = (await response.json()) as { call_id?: string };
    if (response.status === 202 && body.call_id !== undefined) result.accepted.push(body.call_id);
    else result.refused += 1;
  } catch (error) {
    const code = (error as { cause?: { code?: string } }).cause?.code;
    if (code === 'ECONNREFUSED') result.refused += 1;
    else result.unanswered += 1;
  }
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { nothingYet, take, view } from './calls.mjs';
import { isSigned } from './signature.mjs';

/** A browser that has not read this much is let go; it comes back by itself. */
const MOST_UNREAD_BYTES = 1024 * 1024;
const GATEWAY_WITHIN_MS = 10_000;
/** Keep-alive interval: idle connections get cut. */
const PULSE_MS = 15_000;

/**
 * The panel of calls: takes the gateway's webhooks, shows them to browsers as they come, and rejects callers.
 *
 * @param key what webhooks are signed with; undefined: anybody may send them
 * @param file where what is known is kept, so that a restart forgets nothing; undefined: in memory alone
 * @param gateway `{ url, login, apiKey }`: its control API, with either way of logging in
 * @param customerOf (number) => `{ name, orders }` or undefined
 * @param rejectPrompt prompt played to rejected callers
 */
export class Panel {
  #known = nothingYet();
  #browsers = new Set();
  #pending = false;

  constructor(options) {
    this.options = options;
    if (options.file !== undefined) this.#known = readKnown(options.file);
    this.pulse = setInterval(() => this.#changed(), PULSE_MS);
  }

  /** A webhook. Answered with success only once it is kept: what was not answered so comes again. */
  webhook({ headers }, _url, body) {
    const { key, file } = this.options;
    if (key !== undefined && !isSigned(headers, body, key, Date.now() / 1000))
      return [401, 'text/plain', 'not signed\n'];
    const event = eventIn(body);
    if (event === undefined) return [400, 'text/plain', 'call_id, seq and event are wanted, as JSON\n'];
    const known = take(this.#known, event);
    if (known !== this.#known) {
      if (file !== undefined) writeKnown(file, known);
      this.#known = known;
      this.#changed();
    }
    return [200, 'application/json', '{}'];
  }

  /** Server-Sent Events: the whole of what the panel shows, now and at each change. */
  stream(request, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`retry: 1000\n${this.#message()}`);
    this.#browsers.add(response);
    response.once('close', () => this.#browsers.delete(response));
  }

  /** The ✕: the gateway plays the prompt to the caller and hangs up. */
  async reject(request, _url, body) {
    const { origin, host } = request.headers;
    if (origin !== undefined && new URL(origin).host !== host) return [403, 'text/plain', 'not from another page\n'];
    const id = new URLSearchParams(body).get('call');
    const { gateway, rejectPrompt } = this.options;
    const answer = await fetch(`${gateway.url}/calls/interrupt.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...logInTo(gateway) },
      body: JSON.stringify({ interrupt_call: { id, recording_id: rejectPrompt } }),
      signal: AbortSignal.timeout(GATEWAY_WITHIN_MS),
    }).catch((error) => ({ ok: false, status: 502, text: () => String(error.cause ?? error) }));
    return answer.ok ? [204, 'text/plain', ''] : [502, 'text/plain', `${answer.status} ${await answer.text()}`];
  }

  close() {
    clearInterval(this.pulse);
    for (const browser of this.#browsers) browser.end();
  }

  /** Many changes at once are one for the browsers. */
  #changed() {
    if (this.#pending) return;
    this.#pending = true;
    setImmediate(() => {
      this.#pending = false;
      const message = this.#message();
      for (const browser of this.#browsers) {
        if (browser.writableLength > MOST_UNREAD_BYTES) browser.destroy();
        else browser.write(message);
      }
    });
  }

  #message() {
    const seen = view(this.#known, Date.now());
    const numbers = [
      ...seen.ringing,
      ...seen.talking,
      ...seen.elsewhere,
      ...seen.queues.flatMap(({ callers }) => callers),
    ];
    const customers = Object.fromEntries(
      numbers.map(({ number }) => [number, this.options.customerOf(number)]).filter(([, customer]) => customer),
    );
    return `data: ${JSON.stringify({ ...seen, customers, now: Date.now() })}\n\n`;
  }
}

function eventIn(body) {
  try {
    const event = JSON.parse(body);
    const whole = typeof event?.call_id === 'string' && Number.isInteger(event.seq) && typeof event.event === 'string';
    return whole ? event : undefined;
  } catch {
    return undefined;
  }
}

function logInTo({ login, apiKey }) {
  if (login !== undefined) return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  return apiKey === undefined ? {} : { api_key: apiKey };
}

function readKnown(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return nothingYet();
  }
}

/** Whole or not at all. */
function writeKnown(file, known) {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(known));
    renameSync(`${file}.part`, file);
  } catch (error) {
    console.error(`not kept: ${error.message}`);
  }
}

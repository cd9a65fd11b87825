import { messageOf } from '../../lib/error-message.js';
import { Agent } from 'undici';
import { compact } from '../../lib/compact.js';
import { wholeResponse } from '../../lib/whole-response.js';
import type { AriAnswer, AriRequest } from './ari-request.js';
import type { AriAddress } from './ari-socket.js';
import { AsteriskError } from '../port.js';

/**
 * A request that waits for its channel occupies a connection, so the limit is high. It stays below Asterisk's default
 * `sessionlimit` of 100, which also counts the events socket and browsers.
 */
const MAX_CONNECTIONS = 64;
/** Of one answer: a listing of thousands of channels is below. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * ARI over plain HTTP: for requests that wait for a channel, and for all requests to an Asterisk without REST over WebSocket
 * (before 20.14, 21.9, 22.4).
 */
export class AriHttp {
  #agent: Agent | undefined;

  constructor(
    private readonly address: AriAddress,
    private readonly timeoutMs: number,
  ) {}

  /** @throws AsteriskError `unavailable` when there is no response in time. */
  async send({ method, path, query, body }: AriRequest): Promise<AriAnswer> {
    const { url, user, password } = this.address;
    try {
      const answer = await wholeResponse(
        (this.#agent ??= new Agent({ connections: MAX_CONNECTIONS })),
        compact({
          origin: new URL(url).origin,
          path: `/ari/${path}`,
          method,
          query,
          body: body === undefined ? undefined : JSON.stringify(body),
          headers: {
            authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
            'content-type': 'application/json',
          },
        }),
        { maxBytes: MAX_BYTES, signal: AbortSignal.timeout(this.timeoutMs) },
      );
      if (answer.truncated) throw new Error(`the answer is longer than ${MAX_BYTES} bytes`);
      return { status: answer.status, body: answer.body.toString() };
    } catch (error) {
      throw new AsteriskError('unavailable', `ARI over HTTP: ${messageOf(error)}`);
    }
  }

  /** Aborts running requests. The object stays usable. */
  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.destroy();
  }
}

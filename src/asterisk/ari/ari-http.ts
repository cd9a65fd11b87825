import { messageOf } from '../../lib/error-message.js';
import { Agent, request } from 'undici';
import type { AriAnswer, AriRequest } from './ari-request.js';
import type { AriAddress } from './ari-socket.js';
import { AsteriskError } from '../port.js';

/**
 * A request that waits for its channel keeps a connection busy, so there are more than are ever used otherwise. Below
 * Asterisk's default `sessionlimit` of 100, which the events socket and the browsers share.
 */
const MAX_CONNECTIONS = 64;

/**
 * ARI over plain HTTP: for requests that wait for a channel, and for all of an Asterisk that has no REST over WebSocket
 * (before 20.14, 21.9, 22.4).
 */
export class AriHttp {
  #agent: Agent | undefined;

  constructor(
    private readonly address: AriAddress,
    private readonly timeoutMs: number,
  ) {}

  /** @throws AsteriskError `unavailable` when there is no answer in time. */
  async send({ method, path, query, body }: AriRequest): Promise<AriAnswer> {
    const { url, user, password } = this.address;
    try {
      const answer = await request(new URL(`/ari/${path}`, url), {
        dispatcher: (this.#agent ??= new Agent({ connections: MAX_CONNECTIONS })),
        method,
        ...(query && { query }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      throw new AsteriskError('unavailable', `ARI over HTTP: ${messageOf(error)}`);
    }
  }

  /** Fails what is under way. Usable again afterwards. */
  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.destroy();
  }
}

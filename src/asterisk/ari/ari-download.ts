import { messageOf } from '../../lib/error-message.js';
import { Agent, request } from 'undici';
import type { AriAddress } from './ari-socket.js';
import { AsteriskError } from '../port.js';
import type { RecordedFile } from '../recording-port.js';

/** Beside the events socket; more would slow down calls. */
const MAX_CONNECTIONS = 2;

/** Downloads files over HTTP as streams. A download without progress for `timeoutMs` fails. */
export class AriDownload {
  #agent: Agent | undefined;

  constructor(
    private readonly address: AriAddress,
    private readonly timeoutMs: number,
  ) {}

  /** @param path below `/ari/`, percent-encoded @throws AsteriskError */
  async get(path: string): Promise<RecordedFile> {
    const { url, user, password } = this.address;
    const answer = await request(new URL(`/ari/${path}`, url), {
      dispatcher: (this.#agent ??= new Agent({ connections: MAX_CONNECTIONS })),
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
    }).catch((error: unknown) => {
      throw new AsteriskError('unavailable', `a file over ARI: ${messageOf(error)}`);
    });
    const { statusCode, headers, body } = answer;
    if (statusCode === 200) return { bytes: Number(headers['content-length']), content: body };
    await body.dump();
    const reason = statusCode === 404 ? 'gone' : statusCode >= 500 ? 'unavailable' : 'refused';
    throw new AsteriskError(reason, `ARI answered ${statusCode} to a request for a file`, statusCode);
  }

  /** Aborts running downloads. The object stays usable. */
  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await agent?.destroy();
  }
}

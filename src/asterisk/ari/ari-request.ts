import { AsteriskError } from '../port.js';

/** One ARI request, the same over the events socket and over HTTP. */
export interface AriRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path below `/ari/`, each part percent-encoded: see {@link ariPath}. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /**
   * Asterisk responds only when the thread of a channel or of its SIP account has executed the request; while the channel plays
   * a prompt, that is after the prompt. Such a request must not go over the events socket, where it would block all
   * following requests (docs/asterisk.md lists these requests).
   */
  waitsForChannel?: true;
}

export interface AriAnswer {
  status: number;
  body: string;
}

/** `ariPath('channels', id, 'answer')`: encoding keeps an id from changing the path. */
export function ariPath(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

const NOT_THERE = 'Channel not found';
const NOT_OURS = 'Channel not in Stasis application';
/** Message of the 409 for a bridge that is being destroyed: all bridges of the gateway were created over ARI. */
const BRIDGE_GOING = 'Bridge not in Stasis application';

/**
 * The parsed body of a successful response.
 *
 * @throws AsteriskError for an error. `addChannel` returns 400 for a channel that is gone and 422 for one outside Stasis, where every
 *   other request returns 404 and 409: the message is checked before the status.
 */
export function bodyOf(answer: AriAnswer): unknown {
  const body = parseBody(answer.body);
  if (answer.status >= 200 && answer.status < 300) return body;
  const message = messageIn(body) ?? `ARI answered ${answer.status}`;
  throw new AsteriskError(reasonOf(answer.status, message), message, answer.status);
}

function reasonOf(status: number, message: string): AsteriskError['reason'] {
  if (status === 404 || message === NOT_THERE || message === BRIDGE_GOING) return 'gone';
  if (status === 409 || status === 412 || message === NOT_OURS) return 'conflict';
  // Asterisk is still loading or already stopping.
  if (status === 503) return 'unavailable';
  return 'refused';
}

function parseBody(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new AsteriskError('refused', 'ARI sent a response that is not JSON');
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('message' in body && typeof body.message === 'string') return body.message;
  if ('error' in body && typeof body.error === 'string') return body.error;
  return undefined;
}

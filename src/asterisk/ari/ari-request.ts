import { AsteriskError } from '../port.js';

/** One ARI request, the same over the events socket and over HTTP. */
export interface AriRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari/`, each part already percent-encoded: see {@link ariPath}. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /**
   * Asterisk answers only when the thread of a channel, or of its SIP account, has carried the request out: while that
   * channel plays a prompt, not before the prompt is over. Such a request never travels over the events socket, where
   * all requests behind it would wait (docs/asterisk.md lists which requests those are).
   */
  waitsForChannel?: true;
}

export interface AriAnswer {
  status: number;
  body: string;
}

/** `ariPath('channels', id, 'answer')`: an id never changes the path around it. */
export function ariPath(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

const NOT_THERE = 'Channel not found';
const NOT_OURS = 'Channel not in Stasis application';
/** Answered with 409 for a bridge that is being destroyed: all bridges that the gateway asks for were made by ARI. */
const BRIDGE_GOING = 'Bridge not in Stasis application';

/**
 * The parsed body of a good answer.
 *
 * @throws AsteriskError for a bad one. `addChannel` says 400 for a channel that is gone and 422 for one outside
 *   Stasis, where every other request says 404 and 409: the message decides before the status.
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
  // Sent while Asterisk is still loading or already stopping.
  if (status === 503) return 'unavailable';
  return 'refused';
}

function parseBody(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new AsteriskError('refused', 'ARI answered with something that is not JSON');
  }
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('message' in body && typeof body.message === 'string') return body.message;
  if ('error' in body && typeof body.error === 'string') return body.error;
  return undefined;
}

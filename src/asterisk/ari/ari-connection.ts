import type { EventSocket } from 'ari-client';
import type { AriAnswer, AriRequest } from './ari-request.js';
import type { LinkContext } from '../link.js';
import { deadline } from '../link.js';
import type { LinkConnection } from '../reconnect.js';
import { AsteriskError } from '../port.js';

/** An unvalidated ARI event: an object with a type. */
export type RawAriEvent = Record<string, unknown> & { type: string };

interface Pending {
  resolve: (answer: AriAnswer) => void;
  reject: (error: AsteriskError) => void;
}

/** One open events socket: its events, the requests sent over it, and the pings that detect its loss. */
export class AriConnection implements LinkConnection {
  readonly #pending = new Map<string, Pending>();
  #lastRequest = 0;
  #alive = true;
  #cancelPing: () => void = () => undefined;
  #lastHeardAt: number;
  #onEvent: ((event: RawAriEvent) => void) | undefined;
  #heldEvents: RawAriEvent[] = [];
  #onClosed: (reason: string) => void = () => undefined;
  #closedReason: string | undefined;

  constructor(
    private readonly socket: EventSocket,
    private readonly context: LinkContext,
  ) {
    this.#lastHeardAt = context.clock.now();
  }

  /** When the last event or answer came. */
  get lastHeardAt(): number {
    return this.#lastHeardAt;
  }

  start(): void {
    this.socket.on('message', (data: unknown) => this.#receive(String(data)));
    this.socket.on('pong', () => (this.#alive = true));
    this.socket.on('close', () => this.#end('Asterisk closed the events socket'));
    this.socket.on('error', (error: Error) => this.#end(error.message));
    this.#schedulePing();
  }

  /** Events that arrived before the listener was set are delivered first. */
  onEvent(listener: (event: RawAriEvent) => void): void {
    this.#onEvent = listener;
    const held = this.#heldEvents;
    this.#heldEvents = [];
    for (const event of held) listener(event);
  }

  onClosed(listener: (reason: string) => void): void {
    this.#onClosed = listener;
    if (this.#closedReason !== undefined) listener(this.#closedReason);
  }

  close(reason = 'stopped'): void {
    this.#end(reason);
  }

  /** Pings immediately: the connection ends when nothing arrives within `timing.pingMs`. */
  pingNow(): void {
    // The deadline of an unanswered ping must not move.
    if (!this.#alive || this.#closedReason !== undefined) return;
    this.#cancelPing();
    this.#ping();
  }

  /** @throws AsteriskError `unavailable` when there is no response within `timeoutMs`. */
  send({ method, path, query = {}, body }: AriRequest, timeoutMs: number): Promise<AriAnswer> {
    const id = String(++this.#lastRequest);
    const frame = JSON.stringify({
      type: 'RESTRequest',
      request_id: id,
      method,
      uri: path,
      query_strings: Object.entries(query).map(([name, value]) => ({ name, value })),
      content_type: body === undefined ? undefined : 'application/json',
      message_body: body === undefined ? undefined : JSON.stringify(body),
    });
    return new Promise((resolve, reject) => {
      const fail = (message: string) => this.#pending.get(id)?.reject(new AsteriskError('unavailable', message));
      const disarm = deadline(this.context.clock, timeoutMs, () =>
        fail(`no answer to ${method} within ${timeoutMs} ms`),
      );
      const settle = () => {
        disarm();
        this.#pending.delete(id);
      };
      this.#pending.set(id, {
        resolve: (answer) => {
          settle();
          resolve(answer);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      if (this.#closedReason !== undefined) fail(this.#closedReason);
      else this.socket.send(frame, (error) => error && fail(error.message));
    });
  }

  #receive(text: string): void {
    this.#alive = true;
    this.#lastHeardAt = this.context.clock.now();
    const event = parseEvent(text);
    if (event === undefined) this.context.log.warn({ length: text.length }, 'invalid message from ARI');
    else if (event.type === 'RESTResponse') this.#answer(event);
    else if (this.#onEvent) this.#onEvent(event);
    else this.#heldEvents.push(event);
  }

  #answer(response: RawAriEvent): void {
    const { request_id: id, status_code: status, message_body: body = '' } = response;
    if (typeof id !== 'string' || typeof status !== 'number' || typeof body !== 'string') return;
    this.#pending.get(id)?.resolve({ status, body });
  }

  #schedulePing(): void {
    this.#cancelPing = deadline(this.context.clock, this.context.timing.pingMs, () => {
      if (!this.#alive) {
        this.#end('no answer to ping');
        return;
      }
      this.#ping();
    });
  }

  #ping(): void {
    this.#alive = false;
    this.socket.ping();
    this.#schedulePing();
  }

  #end(reason: string): void {
    if (this.#closedReason !== undefined) return;
    this.#closedReason = reason;
    this.#cancelPing();
    this.socket.removeAllListeners();
    this.socket.on('error', () => undefined);
    this.socket.terminate();
    for (const pending of [...this.#pending.values()]) pending.reject(new AsteriskError('unavailable', reason));
    this.#onClosed(reason);
  }
}

function parseEvent(text: string): RawAriEvent | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is RawAriEvent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

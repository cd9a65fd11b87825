import { messageOf } from '../../lib/error-message.js';
import ManagerClient from 'asterisk-manager';
import type { Manager, ManagerItem } from 'asterisk-manager';
import type { AmiAddress } from './ami-address.js';
import { receivesGreeting } from './ami-greeting.js';
import { deadline } from '../link.js';
import type { LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';
import type { LinkConnection } from '../reconnect.js';

/** Headers of an action, without the ActionID. A record becomes one header per entry: `Variable: name=value`. */
export type AmiFields = { Action: string } & Record<string, string | number | Record<string, string>>;

/** A response or an event, by lower-case header name. */
export type AmiItem = Readonly<ManagerItem>;
export type AmiEvent = AmiItem & { readonly event: string };

interface Pending {
  done: (error: AsteriskError | undefined, reply: AmiItem) => void;
  /** The events received so far; only for listing actions. */
  rows?: AmiEvent[];
}

/** One AMI connection. Each attempt creates a new one: the library's own reconnecting starts at 10 s. */
export class AmiConnection implements LinkConnection {
  readonly #abort = new AbortController();
  readonly #manager: Manager;
  readonly #pending = new Map<string, Pending>();
  #lastAction = 0;
  #cancelPing: () => void = () => undefined;
  #lastHeardAt: number;
  #onEvent: (event: AmiEvent) => void = () => undefined;
  #onClosed: (reason: string) => void = () => undefined;
  #closedReason: string | undefined;

  constructor(
    private readonly address: AmiAddress,
    private readonly context: LinkContext,
  ) {
    this.#lastHeardAt = context.clock.now();
    this.#manager = new ManagerClient(null, address.host, address.user, address.password, false);
  }

  /** Connects and logs in. @throws Error with the reason, when that takes longer than `timing.connectMs` or fails. */
  async open(eventMask: string, signal: AbortSignal): Promise<void> {
    const stop = () => this.close();
    signal.addEventListener('abort', stop);
    const disarm = deadline(this.context.clock, this.context.timing.connectMs, () =>
      this.#end('no answer while connecting'),
    );
    try {
      if (signal.aborted) this.close();
      await this.#login();
      await this.action({ Action: 'Events', EventMask: eventMask });
      this.#schedulePing();
    } catch (error) {
      this.#end(messageOf(error));
      throw error;
    } finally {
      disarm();
      signal.removeEventListener('abort', stop);
    }
  }

  onEvent(listener: (event: AmiEvent) => void): void {
    this.#onEvent = listener;
  }

  onClosed(listener: (reason: string) => void): void {
    this.#onClosed = listener;
    if (this.#closedReason !== undefined) listener(this.#closedReason);
  }

  close(reason = 'stopped'): void {
    this.#end(reason);
  }

  /** @throws AsteriskError `refused` for `Response: Error` or a field that could inject a header; else `unavailable`. */
  action(fields: AmiFields): Promise<AmiItem> {
    return this.#send(fields).then(({ reply }) => reply);
  }

  /** The events of a listing action such as `QueueStatus`, without the final one. */
  list(fields: AmiFields): Promise<AmiEvent[]> {
    return this.#send(fields, []).then(({ rows }) => rows);
  }

  #login(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { host, port } = this.address;
      this.#onClosed = (reason) => reject(new Error(reason));
      this.#manager.on('error', (error) => this.#end(error.message));
      this.#manager.on('close', () => this.#end('Asterisk closed the AMI connection'));
      this.#manager.on('managerevent', (event) => this.#receive(event));
      if (this.#closedReason !== undefined) {
        reject(new Error(this.#closedReason));
        return;
      }
      this.#manager.connect({ host, port, signal: this.#abort.signal }, undefined, () => {
        this.#manager.login((error) => {
          if (error) reject(new Error(`AMI login: ${textOf(error, 'message')}`));
          else resolve();
        });
      });
    });
  }

  #send(fields: AmiFields, rows?: AmiEvent[]): Promise<{ reply: AmiItem; rows: AmiEvent[] }> {
    return new Promise((resolve, reject) => {
      checkFields(fields);
      if (this.#closedReason !== undefined) throw new AsteriskError('unavailable', `AMI: ${this.#closedReason}`);
      const id = `cordboard-${++this.#lastAction}`;
      const disarm = deadline(this.context.clock, this.context.timing.requestMs, () =>
        done(new AsteriskError('unavailable', `no answer to AMI ${fields.Action}`), {}),
      );
      const done: Pending['done'] = (error, reply) => {
        disarm();
        this.#pending.delete(id);
        this.#manager.removeAllListeners(id);
        if (error) reject(error);
        else resolve({ reply, rows: rows ?? [] });
      };
      this.#pending.set(id, rows ? { done, rows } : { done });
      this.#manager.action({ ...fields, actionid: id }, (error, reply) => {
        this.#lastHeardAt = this.context.clock.now();
        if (error) done(new AsteriskError('refused', `AMI ${fields.Action}: ${textOf(error, 'message')}`), reply);
        else if (rows === undefined) done(undefined, reply);
      });
    });
  }

  #receive(item: ManagerItem): void {
    this.#lastHeardAt = this.context.clock.now();
    if (!isEvent(item)) return;
    const pending = this.#pending.get(textOf(item, 'actionid'));
    if (pending?.rows === undefined) this.#onEvent(item);
    else if (textOf(item, 'eventlist') !== '') pending.done(undefined, item);
    else pending.rows.push(item);
  }

  #schedulePing(): void {
    this.#cancelPing = deadline(this.context.clock, this.context.timing.pingMs, () => {
      void this.action({ Action: 'Ping' })
        .then(
          () => true,
          () => this.#isBusy(),
        )
        .then((lives) => {
          if (this.#closedReason !== undefined) return;
          if (lives) this.#schedulePing();
          else this.#end('no answer to ping');
        });
    });
  }

  /** Actions are served in order, so a slow one delays the ping too; Asterisk still greets a new connection then. */
  async #isBusy(): Promise<boolean> {
    const { clock, timing } = this.context;
    if (clock.now() - this.#lastHeardAt >= timing.busyMs) return false;
    return receivesGreeting(this.address, this.context, this.#abort.signal);
  }

  #end(reason: string): void {
    if (this.#closedReason !== undefined) return;
    this.#closedReason = reason;
    this.#cancelPing();
    this.#abort.abort();
    for (const { done } of [...this.#pending.values()]) done(new AsteriskError('unavailable', `AMI: ${reason}`), {});
    this.#onClosed(reason);
  }
}

/** A header's value; empty when it is missing or repeated. */
export function textOf(item: AmiItem, key: string): string {
  const value = item[key];
  return typeof value === 'string' ? value : '';
}

const KEY = /^[A-Za-z][A-Za-z0-9-]*$/;
// A line break in a value would start another header, an empty line another action.
const LINE_BREAKING = /[\r\n\0]/;

function checkFields(fields: AmiFields): void {
  for (const [key, value] of Object.entries(fields)) {
    const texts = typeof value === 'object' ? Object.entries(value).flat() : [String(value)];
    if (!KEY.test(key) || key.toLowerCase() === 'actionid' || texts.some((text) => LINE_BREAKING.test(text))) {
      throw new AsteriskError('refused', `AMI ${JSON.stringify(key)}: not a plain one-line header`);
    }
  }
}

function isEvent(item: ManagerItem): item is ManagerItem & { event: string } {
  return typeof item['event'] === 'string';
}

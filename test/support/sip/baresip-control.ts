import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Changes } from './until.js';

/** The two control sockets of baresip 1.0: `ctrl_tcp` for commands and events, `cons` for keys, which commands cannot press. */

const LOOPBACK = '127.0.0.1';
const RETRY_MS = 50;
/** The byte that a console sends when a key is released. */
const KEY_RELEASED = 0x04;

export interface BaresipEvent {
  /** `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, … */
  type: string;
  id?: string;
  direction?: 'incoming' | 'outgoing';
  peeruri?: string;
  /** Of `CALL_CLOSED`: the reason. */
  param?: string;
}

interface Response {
  ok: boolean;
  data: string;
  token: string;
}

export class BaresipControl {
  readonly #ports: { control: number; console: number };
  readonly #changes = new Changes();
  readonly #responses = new Map<string, Response>();
  /** All events so far, oldest first. */
  readonly events: BaresipEvent[] = [];
  #socket: Socket | undefined;
  #unread = Buffer.alloc(0);
  #commands = 0;

  constructor(ports: { control: number; console: number }) {
    this.#ports = ports;
  }

  /** Retries until baresip listens; rejects after `withinMs`, or when `isGone` reports that it never will. */
  async connect(withinMs: number, isGone: () => boolean): Promise<void> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const socket = connect(this.#ports.control, LOOPBACK);
      try {
        await once(socket, 'connect');
        this.#socket = socket;
        socket.on('data', (data) => this.#read(data));
        socket.on('error', () => undefined);
        return;
      } catch (error) {
        socket.destroy();
        if (Date.now() > deadline || isGone()) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  close(): void {
    this.#socket?.destroy();
  }

  /** Runs a command of baresip's menu and resolves with its output. Rejects when baresip refuses it. */
  async command(command: string, params = ''): Promise<string> {
    this.#commands += 1;
    const token = String(this.#commands);
    const text = JSON.stringify({ command, params, token });
    this.#socket?.write(`${Buffer.byteLength(text)}:${text},`);
    const look = () => this.#responses.get(token);
    const response = await this.#changes.until(look, 20_000, () => `baresip did not answer to "${command}"`);
    if (!response.ok) throw new Error(`baresip refused "${command} ${params}": ${response.data}`);
    return response.data;
  }

  /** Holds one key down for `holdMs`. */
  async key(key: string, holdMs: number): Promise<void> {
    await this.#press(key.charCodeAt(0));
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    await this.#press(KEY_RELEASED);
  }

  /** The first matching event, from index `after` on. */
  event(matches: (event: BaresipEvent) => boolean, withinMs: number, after = 0): Promise<BaresipEvent> {
    const describeEvents = () => this.events.map(({ type, param }) => `${type} ${param ?? ''}`).join(', ');
    return this.#changes.until(
      () => this.events.slice(after).find(matches),
      withinMs,
      () => `baresip reported only: ${describeEvents()}`,
    );
  }

  async #press(byte: number): Promise<void> {
    const socket = createSocket('udp4');
    await new Promise((sent) => {
      socket.send(Uint8Array.of(byte), this.#ports.console, LOOPBACK, sent);
    });
    socket.close();
  }

  /** Netstrings: `<bytes>:<JSON>,`. */
  #read(data: Buffer): void {
    this.#unread = Buffer.from(this.#unread.toString('latin1') + data.toString('latin1'), 'latin1');
    for (;;) {
      const colon = this.#unread.indexOf(':');
      const end = colon + 1 + Number(this.#unread.toString('latin1', 0, Math.max(0, colon)));
      if (colon === -1 || this.#unread.length <= end) break;
      this.#take(
        JSON.parse(this.#unread.toString('utf8', colon + 1, end)) as Response | (BaresipEvent & { event: true }),
      );
      this.#unread = this.#unread.subarray(end + 1);
    }
    this.#changes.notify();
  }

  #take(message: Response | (BaresipEvent & { event: true })): void {
    if ('event' in message) this.events.push(message);
    else this.#responses.set(message.token, message);
  }
}

import { applyPatch, type Patch } from '../../../monitor/merge-patch.js';
import type { ServerMessage, ClientMessage, State } from '../../../monitor/protocol.js';
import { access } from '../api/client.js';
import type { Pop } from './pop-memory.js';

/** Beats arrive every 5 s: a connection without messages for this long is considered lost. */
const SILENCE_MS = 12_000;
const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 15_000;
const NO_LONGER_ALLOWED = 4401;
/** Smaller differences between the clocks are the time that messages take. */
const CLOCK_PRECISION_MS = 1_000;

export interface Live {
  state: State | undefined;
  /** When the last message arrived; undefined while connected. */
  lostAt: number | undefined;
  /** How far this browser's clock is ahead of the gateway's. */
  clockAheadMs: number;
}

/** Keeps the state in sync with the gateway, and reconnects with growing delays when the connection is lost. */
export class MonitorConnection {
  #live: Live = { state: undefined, lostAt: undefined, clockAheadMs: 0 };
  #seq = 0;
  #heardAt = Date.now();
  #socket: WebSocket | undefined;
  #tries = 0;
  #retryTimer: number | undefined;
  #silenceTimer: number | undefined;
  #label: string | null;
  #isClosed = false;

  /** @param pops undefined: no pages of callers open here */
  constructor(
    private readonly onChange: (live: Live) => void,
    label: string | null,
    private readonly pops: { autoOpen: () => boolean; onPop: (pop: Pop) => void } | undefined,
  ) {
    this.#label = label;
  }

  open(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#retryTimer);
    const url = new URL('/ws/monitor', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.#label !== null) url.searchParams.set('handset', this.#label);
    const socket = new WebSocket(url, access.protocols);
    this.#socket = socket;
    this.#armSilenceTimer();
    socket.onopen = () => this.sendPopsSetting();
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(String(data)) as ServerMessage);
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#onLost(code);
    };
  }

  /** Ends the connection for good. */
  close(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#isClosed = true;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.close();
  }

  /** Reconnects at once, for example when the browser is online again. */
  reconnectNow(): void {
    if (this.#live.lostAt !== undefined) this.open();
  }

  watch(label: string | null): void {
    this.#label = label;
    this.#send({ type: 'watch', handset: label });
  }

  /** Sends whether pages open here automatically. */
  sendPopsSetting(): void {
    if (this.pops !== undefined) this.#send({ type: 'pops', open: this.pops.autoOpen() });
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #onMessage(message: ServerMessage): void {
    this.#armSilenceTimer();
    if (message.type === 'pop') {
      this.pops?.onPop(message);
      this.#send({ type: 'popped', call: message.call });
      return;
    }
    const expected = message.type === 'delta' ? this.#seq + 1 : message.type === 'beat' ? this.#seq : message.seq;
    if (message.seq !== expected) {
      this.#send({ type: 'resync' });
      return;
    }
    this.#seq = message.seq;
    let { state } = this.#live;
    if (message.type === 'snapshot') state = message.state;
    else if (message.type === 'delta' && state !== undefined) state = applyPatch(state, message.patch as Patch);
    this.#tries = 0;
    this.#heardAt = Date.now();
    const ahead = this.#heardAt - Date.parse(message.at);
    const { clockAheadMs: before } = this.#live;
    const clockAheadMs = Math.abs(ahead - before) < CLOCK_PRECISION_MS ? before : ahead;
    this.#live = { state, lostAt: undefined, clockAheadMs };
    this.onChange(this.#live);
  }

  #armSilenceTimer(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = window.setTimeout(() => {
      const socket = this.#socket;
      this.#onLost(0);
      socket?.close();
    }, SILENCE_MS);
  }

  #onLost(code: number): void {
    clearTimeout(this.#silenceTimer);
    this.#socket = undefined;
    this.#live = { ...this.#live, lostAt: this.#live.lostAt ?? this.#heardAt };
    this.onChange(this.#live);
    if (code === NO_LONGER_ALLOWED) access.onEnded();
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#tries);
    this.#tries += 1;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = window.setTimeout(() => void this.#reconnect(), waitMs * (0.5 + Math.random()));
  }

  /** Sends a plain request first, because browsers do not report the HTTP status of a rejected WebSocket. */
  async #reconnect(): Promise<void> {
    if (this.#tries > 1) {
      const status = await fetch('/api/v1/monitor', { headers: access.headers }).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 401) access.onEnded();
      if (status !== 200 && !this.#isClosed) {
        this.#onLost(0);
        return;
      }
    }
    this.open();
  }
}

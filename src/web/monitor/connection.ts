import { apply, type Patch } from '../../monitor/merge-patch.js';
import type { MessageFromUs, MessageToUs, State } from '../../monitor/protocol.js';
import type { Pop } from './pops.js';

/** Beats come every 5 s: after this long without a word nobody is there. */
const SILENCE_MS = 12_000;
const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 15_000;
const NO_LONGER_ALLOWED = 4401;

export interface Live {
  state: State | undefined;
  /** Undefined while connected. */
  lostAt: number | undefined;
  /** How far this browser's clock is ahead of the gateway's. */
  clockAheadMs: number;
}

/** Keeps the state as the gateway tells it, and comes back by itself, later and later, when the connection is lost. */
export class Connection {
  #live: Live = { state: undefined, lostAt: undefined, clockAheadMs: 0 };
  #seq = 0;
  #socket: WebSocket | undefined;
  #tries = 0;
  #retry: number | undefined;
  #silence: number | undefined;
  #label: string | null;

  /** @param pops undefined: no pages of callers open here */
  constructor(
    private readonly tell: (live: Live) => void,
    label: string | null,
    private readonly pops: { wanted: () => boolean; take: (pop: Pop) => void } | undefined,
  ) {
    this.#label = label;
  }

  open(): void {
    clearTimeout(this.#retry);
    const url = new URL('/ws/monitor', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.#label !== null) url.searchParams.set('handset', this.#label);
    const socket = new WebSocket(url);
    this.#socket = socket;
    this.#listen();
    socket.onopen = () => this.tellPops();
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as MessageFromUs);
    socket.onclose = ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    };
  }

  /** At once, where there is reason to hope. */
  again(): void {
    if (this.#live.lostAt !== undefined) this.open();
  }

  watch(label: string | null): void {
    this.#label = label;
    this.#say({ type: 'watch', handset: label });
  }

  /** Whether pages open here by themselves. */
  tellPops(): void {
    if (this.pops !== undefined) this.#say({ type: 'pops', open: this.pops.wanted() });
  }

  #say(message: MessageToUs): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #take(message: MessageFromUs): void {
    this.#listen();
    if (message.type === 'pop') {
      this.pops?.take(message);
      this.#say({ type: 'popped', call: message.call });
      return;
    }
    const expected = message.type === 'delta' ? this.#seq + 1 : message.type === 'beat' ? this.#seq : message.seq;
    if (message.seq !== expected) {
      this.#say({ type: 'resync' });
      return;
    }
    this.#seq = message.seq;
    let { state } = this.#live;
    if (message.type === 'snapshot') state = message.state;
    else if (message.type === 'delta' && state !== undefined) state = apply(state, message.patch as Patch);
    this.#tries = 0;
    this.#live = { state, lostAt: undefined, clockAheadMs: Date.now() - Date.parse(message.at) };
    this.tell(this.#live);
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      const socket = this.#socket;
      this.#lost(0);
      socket?.close();
    }, SILENCE_MS);
  }

  #lost(code: number): void {
    clearTimeout(this.#silence);
    this.#socket = undefined;
    this.#live = { ...this.#live, lostAt: this.#live.lostAt ?? Date.now() };
    this.tell(this.#live);
    if (code === NO_LONGER_ALLOWED) logIn();
    const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#tries);
    this.#tries += 1;
    clearTimeout(this.#retry);
    this.#retry = window.setTimeout(() => void this.#comeBack(), waitMs * (0.5 + Math.random()));
  }

  /** A browser is not told why a WebSocket was refused: an ordinary request is. */
  async #comeBack(): Promise<void> {
    if (this.#tries > 1) {
      const status = await fetch('/api/v1/monitor').then(
        (response) => response.status,
        () => 0,
      );
      if (status === 401) logIn();
      if (status !== 200) {
        this.#lost(0);
        return;
      }
    }
    this.open();
  }
}

function logIn(): void {
  location.href = `/login?next=${encodeURIComponent(location.pathname + location.search)}`;
}

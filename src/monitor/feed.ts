import { diff, type Patch } from './merge-patch.js';
import type { ServerMessage, State } from './protocol.js';
import { viewCall, viewState, type View } from './view.js';

/** The numbered messages of one view. Each is serialized once for all its watchers. */
export class Feed {
  #shown: State;
  #seq = 1;
  /** Cached between deltas: after a restart many watchers connect at once. */
  #stateJson: string | undefined;
  /** The unfiltered call behind each shown one. */
  readonly #sources = new Map<string, State['calls'][string]>();

  constructor(
    readonly view: View,
    state: State,
    private readonly now: () => number,
  ) {
    this.#shown = viewState(state, view);
  }

  /** Moves to `state`. @returns the delta; undefined when this view shows nothing of the change */
  advance(state: State): Buffer | undefined {
    const patch: Patch = {};
    const { queues, handsets, current, durable } = this.#shown;
    const calls = this.#advanceCalls(state, patch);
    if (state.current !== current) patch['current'] = state.current;
    if (state.durable !== durable) patch['durable'] = state.durable;
    for (const [part, before] of [['queues', queues] as const, ['handsets', handsets] as const]) {
      const change = diff(before, state[part]);
      if (change !== undefined) patch[part] = change;
    }
    this.#shown = { ...state, calls };
    if (Object.keys(patch).length === 0) return undefined;
    this.#seq += 1;
    this.#stateJson = undefined;
    return write({ type: 'delta', seq: this.#seq, at: this.#at(), patch });
  }

  /** The complete state, as of the last delta. */
  snapshot(): Buffer {
    const { label, seesNumbers } = this.view;
    this.#stateJson ??= JSON.stringify(this.#shown);
    const handset = label === null ? '' : `"handset":${JSON.stringify(label)},`;
    const head = `{"type":"snapshot","seq":${this.#seq},"at":"${this.#at()}",${handset}"sees_numbers":${seesNumbers}`;
    return Buffer.from(`${head},"state":${this.#stateJson}}`);
  }

  beat(): Buffer {
    return write({ type: 'beat', seq: this.#seq, at: this.#at() });
  }

  /** Compares only calls whose object has changed: {@link Presenter} reuses the objects of unchanged calls. */
  #advanceCalls(state: State, patch: Patch): State['calls'] {
    const calls: State['calls'] = {};
    const changes: Patch = {};
    for (const [id, call] of Object.entries(state.calls)) {
      const before = this.#shown.calls[id];
      const unchanged = this.#sources.get(id) === call;
      const shown = unchanged ? before : viewCall(call, this.view);
      this.#sources.set(id, call);
      if (shown !== undefined) calls[id] = shown;
      if (unchanged || (shown === undefined && before === undefined)) continue;
      const change = shown === undefined ? null : before === undefined ? shown : diff(before, shown);
      if (change !== undefined) changes[id] = change;
    }
    for (const id of this.#sources.keys())
      if (state.calls[id] === undefined) {
        this.#sources.delete(id);
        if (this.#shown.calls[id] !== undefined) changes[id] = null;
      }
    if (Object.keys(changes).length > 0) patch['calls'] = changes;
    return calls;
  }

  #at(): string {
    return new Date(this.now()).toISOString();
  }
}

function write(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}

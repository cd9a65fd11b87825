import { diff, type Patch } from './merge-patch.js';
import type { ServerMessage, State } from './protocol.js';
import { viewCall, viewState, type View } from './view.js';

/** The numbered messages of one view. Each is serialized once for all its watchers. */
export class Feed {
  #shown: State;
  #seq = 1;
  /** Cached between deltas: after a restart many watchers connect at once. */
  #stateJson: string | undefined;

  constructor(
    readonly view: View,
    state: State,
    private readonly now: () => number,
  ) {
    this.#shown = viewState(state, view);
  }

  /**
   * Moves to `state`.
   *
   * @param changed ids of the calls that differ from the state before: see {@link changedCalls}
   * @returns the delta; undefined when this view shows nothing of the change
   */
  advance(state: State, changed: readonly string[]): Buffer | undefined {
    const patch: Patch = {};
    const { queues, handsets, current, durable, calls } = this.#shown;
    this.#advanceCalls(state, changed, patch);
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

  #advanceCalls(state: State, changed: readonly string[], patch: Patch): void {
    const { calls } = this.#shown;
    const changes: Patch = {};
    for (const id of changed) {
      const before = calls[id];
      const shown = viewCall(state.calls[id], this.view);
      if (shown === undefined) {
        if (before === undefined) continue;
        Reflect.deleteProperty(calls, id);
        changes[id] = null;
        continue;
      }
      calls[id] = shown;
      const change = before === undefined ? shown : diff(before, shown);
      if (change !== undefined) changes[id] = change;
    }
    if (Object.keys(changes).length > 0) patch['calls'] = changes;
  }

  #at(): string {
    return new Date(this.now()).toISOString();
  }
}

/** Ids of the calls that were added, removed or replaced: {@link Presenter} reuses the objects of unchanged calls. */
export function changedCalls(before: State, after: State): string[] {
  if (before.calls === after.calls) return [];
  const changed = Object.keys(after.calls).filter((id) => after.calls[id] !== before.calls[id]);
  return [...changed, ...Object.keys(before.calls).filter((id) => after.calls[id] === undefined)];
}

function write(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}

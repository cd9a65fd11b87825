import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { LiveState, LiveCall } from '../live-state/live-state.js';
import { diff, type JsonObject } from './merge-patch.js';
import type { ShownCall, ShownHandset, ShownQueue, State } from './protocol.js';
import { compact } from '../lib/compact.js';

/**
 * Presents the live state without any filter. Unchanged parts are the same objects as in the previous result, so that
 * {@link Feed} can skip them.
 */
export class Presenter {
  #live: LiveState | undefined;
  #state = emptyState;
  #calls = new Map<string, { call: LiveCall; position: number | undefined; shown: ShownCall }>();

  present(live: LiveState): State {
    if (live === this.#live) return this.#state;
    const { positions, lengths } = queuePositions(live);
    const handsets =
      live.members === this.#live?.members && live.directory === this.#live.directory
        ? this.#state.handsets
        : this.#handsets(live);
    this.#state = {
      current: live.current,
      durable: live.durable,
      queues: this.#queues(live, lengths),
      calls: this.#shownCalls(live, positions),
      handsets,
    };
    this.#live = live;
    return this.#state;
  }

  #shownCalls({ calls }: LiveState, positions: Map<string, number>): State['calls'] {
    const before = this.#calls;
    this.#calls = new Map();
    const all: State['calls'] = {};
    for (const call of calls.values()) {
      const position = positions.get(call.id);
      const known = before.get(call.id);
      const same = known?.call === call && known.position === position;
      const shown = same ? known.shown : reuseIfEqual(known?.shown, presentCall(call, position));
      this.#calls.set(call.id, { call, position, shown });
      all[call.id] = shown;
    }
    return all;
  }

  #queues({ directory }: LiveState, lengths: Map<number, number>): State['queues'] {
    const shown = directory.queues.map(({ id, name }) => {
      const queue: ShownQueue = { id, name, waiting: lengths.get(id) ?? 0 };
      return [id, reuseIfEqual(this.#state.queues[id], queue)] as const;
    });
    // Every feed compares the whole object with the one before.
    return reuseIfEqual(this.#state.queues, Object.fromEntries(shown));
  }

  #handsets(live: LiveState): State['handsets'] {
    const shown = live.directory.handsets.map((handset) => {
      const { name } = handset;
      return [name, reuseIfEqual(this.#state.handsets[name], presentHandset(live, handset))] as const;
    });
    return Object.fromEntries(shown);
  }
}

export const emptyState: State = { current: false, durable: true, queues: {}, calls: {}, handsets: {} };

/** The positions of waiting callers, from 1, by call id; and the number of waiting callers by queue. */
function queuePositions({ calls }: LiveState): { positions: Map<string, number>; lengths: Map<number, number> } {
  const waiting = [...calls.values()].filter(({ stay }) => stay !== null && stay.rank !== null);
  waiting.sort((a, b) => (a.stay?.rank ?? 0) - (b.stay?.rank ?? 0));
  const lengths = new Map<number, number>();
  const positions = new Map<string, number>();
  for (const { id, stay } of waiting) {
    const queue = stay?.queue ?? 0;
    const position = (lengths.get(queue) ?? 0) + 1;
    lengths.set(queue, position);
    positions.set(id, position);
  }
  return { positions, lengths };
}

function presentCall({ id, flow, stay, customer }: LiveCall, position: number | undefined): ShownCall {
  const inQueue = stay !== null && (stay.rank !== null || stay.talk !== null);
  const rings = inQueue
    ? stay.rings.map(({ handset, since }) => ({ handset, since: iso(since) }))
    : ringsOf(flow?.live);
  const talk = inQueue ? stayTalk(stay, flow?.live) : talkOf(flow?.live);
  const startedAt = iso(flow?.startedAt ?? stay?.joinedAt ?? 0);
  const [state, since] =
    talk !== null
      ? (['talking', talk.since] as const)
      : inQueue
        ? (['waiting', iso(stay.joinedAt)] as const)
        : rings[0] !== undefined
          ? (['ringing', rings[0].since] as const)
          : (['in_plan', startedAt] as const);
  const name = flow?.live?.name ?? stay?.caller.name ?? '';
  const label = flow?.live?.label ?? null;
  const from = flow?.live?.from ?? null;
  return compact({
    id,
    direction: flow?.direction ?? 'incoming',
    line: flow?.line,
    number: flow?.caller ?? stay?.caller.number ?? '',
    name: name === '' ? undefined : name,
    label: label ?? undefined,
    from: from === null ? undefined : presentTarget(from),
    state,
    started_at: startedAt,
    since,
    queue: inQueue ? stay.queue : undefined,
    position,
    rings,
    talk: talk ?? undefined,
    transfer: transferOf(flow?.live),
    parked: parkedOf(flow?.live),
    customer: customer === null ? undefined : { ...customer, orders: [...customer.orders] },
  });
}

type Live = NonNullable<LiveCall['flow']>['live'];

function ringsOf(live: Live): ShownCall['rings'] {
  return (live?.rings ?? []).map(({ who, since }) => presentPerson(who, since));
}

type Talk = NonNullable<ShownCall['talk']>;

function talkOf(live: Live): Talk | null {
  const talk = live?.talk ?? null;
  return talk === null ? null : presentPerson(talk.who, talk.since);
}

function transferOf(live: Live): ShownCall['transfer'] {
  const transfer = live?.transfer;
  return transfer && { ...transfer, to: presentTarget(transfer.to) };
}

function parkedOf(live: Live): ShownCall['parked'] {
  const parked = live?.parked;
  return parked && { ...parked, since: iso(parked.since) };
}

/** Prefers the start that the flow has stored: Asterisk does not list it. */
function stayTalk({ talk }: NonNullable<LiveCall['stay']>, live: Live): Talk | null {
  if (talk === null) return null;
  return presentPerson({ handset: talk.handset }, live?.talk?.since ?? talk.since);
}

function presentPerson(who: DialTarget, since: Instant) {
  return { ...presentTarget(who), since: iso(since) };
}

function presentTarget(who: DialTarget) {
  return 'party' in who ? { party: who.party } : who;
}

/** The state of a handset with several queues is the first of these that any queue reports. */
const STATE_PRIORITY = ['busy', 'ringing', 'free', 'unavailable'] as const;

function presentHandset(
  { members, directory }: LiveState,
  { name, displayName, operator }: LiveState['directory']['handsets'][number],
): ShownHandset {
  const memberships = directory.queues.flatMap(({ id }) => members.get(`${id}/${name}`) ?? []);
  const state: ShownHandset['state'] =
    STATE_PRIORITY.find((each) => memberships.some((member) => member.state === each)) ?? 'unknown';
  return compact({
    name,
    display_name: displayName,
    operator,
    state,
    queues: memberships.map(({ queue, paused, pauseReason }) =>
      compact({ queue, paused, pause_reason: pauseReason === '' ? undefined : pauseReason }),
    ),
  });
}

function reuseIfEqual<T extends JsonObject>(before: T | undefined, now: T): T {
  return before !== undefined && diff(before, now) === undefined ? before : now;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

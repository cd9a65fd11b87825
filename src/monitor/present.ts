import type { DialTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { LiveState, WatchedCall } from '../live-state/live-state.js';
import { diff, type JsonObject } from './merge-patch.js';
import type { ShownCall, ShownHandset, ShownQueue, State } from './protocol.js';

/**
 * Shows pictures to those who may see all of them. What has not changed since the picture before is the very same
 * object, by which it is known later that there is nothing to say of it.
 */
export class Presenter {
  #picture: LiveState | undefined;
  #state = emptyState;
  #calls = new Map<string, { call: WatchedCall; position: number | undefined; shown: ShownCall }>();

  show(picture: LiveState): State {
    if (picture === this.#picture) return this.#state;
    const { positions, lengths } = linesIn(picture);
    const handsets =
      picture.members === this.#picture?.members && picture.directory === this.#picture.directory
        ? this.#state.handsets
        : this.#handsets(picture);
    this.#state = {
      current: picture.current,
      durable: picture.durable,
      queues: this.#queues(picture, lengths),
      calls: this.#shownCalls(picture, positions),
      handsets,
    };
    this.#picture = picture;
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
      const shown = same ? known.shown : kept(known?.shown, presentCall(call, position));
      this.#calls.set(call.id, { call, position, shown });
      all[call.id] = shown;
    }
    return all;
  }

  #queues({ directory }: LiveState, lengths: Map<number, number>): State['queues'] {
    const shown = directory.queues.map(({ id, name }) => {
      const queue: ShownQueue = { id, name, waiting: lengths.get(id) ?? 0 };
      return [id, kept(this.#state.queues[id], queue)] as const;
    });
    return Object.fromEntries(shown);
  }

  #handsets(picture: LiveState): State['handsets'] {
    const shown = picture.directory.handsets.map((handset) => {
      const { name } = handset;
      return [name, kept(this.#state.handsets[name], presentHandset(picture, handset))] as const;
    });
    return Object.fromEntries(shown);
  }
}

export const emptyState: State = { current: false, durable: true, queues: {}, calls: {}, handsets: {} };

/** Places in their queues, from 1, of all who wait, by call id; and how many wait, by queue. */
function linesIn({ calls }: LiveState): { positions: Map<string, number>; lengths: Map<number, number> } {
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

function presentCall({ id, flow, stay, customer }: WatchedCall, position: number | undefined): ShownCall {
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
  return {
    id,
    direction: flow?.direction ?? 'incoming',
    ...(flow !== null && { line: flow.line }),
    number: flow?.caller ?? stay?.caller.number ?? '',
    ...(name !== '' && { name }),
    ...(label !== null && { label }),
    ...(from !== null && { from: whoOf(from) }),
    state,
    started_at: startedAt,
    since,
    ...(inQueue && { queue: stay.queue }),
    ...(position !== undefined && { position }),
    rings,
    ...(talk !== null && { talk }),
    ...(customer !== null && { customer: { ...customer, orders: [...customer.orders] } }),
  };
}

type Live = NonNullable<WatchedCall['flow']>['live'];

function ringsOf(live: Live): ShownCall['rings'] {
  return (live?.rings ?? []).map(({ who, since }) => personOf(who, since));
}

type Talk = NonNullable<ShownCall['talk']>;

function talkOf(live: Live): Talk | null {
  const talk = live?.talk ?? null;
  return talk === null ? null : personOf(talk.who, talk.since);
}

/** The flow has stored when the talk began; Asterisk does not tell it afterwards. */
function stayTalk({ talk }: NonNullable<WatchedCall['stay']>, live: Live): Talk | null {
  if (talk === null) return null;
  return personOf({ handset: talk.handset }, live?.talk?.since ?? talk.since);
}

function personOf(who: DialTarget, since: Instant) {
  return { ...whoOf(who), since: iso(since) };
}

function whoOf(who: DialTarget) {
  return 'party' in who ? { party: who.party } : who;
}

/** From the most to the least that is known of a handset in several queues. */
const TELLING = ['busy', 'ringing', 'free', 'unavailable'] as const;

function presentHandset(
  { members, directory }: LiveState,
  { name, displayName, operator }: LiveState['directory']['handsets'][number],
): ShownHandset {
  const stands = directory.queues.flatMap(({ id }) => members.get(`${id}/${name}`) ?? []);
  return {
    name,
    display_name: displayName,
    ...(operator !== undefined && { operator }),
    state: TELLING.find((state) => stands.some((member) => member.state === state)) ?? 'unknown',
    queues: stands.map(({ queue, paused, pauseReason }) => ({
      queue,
      paused,
      ...(pauseReason !== '' && { pause_reason: pauseReason }),
    })),
  };
}

function kept<T extends JsonObject>(before: T | undefined, now: T): T {
  return before !== undefined && diff(before, now) === undefined ? before : now;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

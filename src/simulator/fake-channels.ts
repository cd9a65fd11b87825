import { AsteriskError } from '../asterisk/port.js';
import type { ChannelSnapshot, DialRequest } from '../asterisk/port.js';

/** The behaviour of a called party. */
export type Callee =
  /** `greetingMs`: an answering machine that speaks for this long. */
  | { type: 'answers'; afterMs: number; greetingMs?: number }
  | { type: 'busy' }
  | { type: 'rejects' }
  /** The provider does not know the number or refuses the call; nothing rings. */
  | { type: 'no_such_number' }
  | { type: 'provider_refuses' }
  | { type: 'ignores' }
  /** Sends progress and never rings. */
  | { type: 'announces' }
  | { type: 'offline' };

export interface FakeChannel {
  id: string;
  name: string;
  state: 'down' | 'ringing' | 'up';
  caller: { number: string; name: string };
  dialled: string;
  createdAt: number;
  /** Undefined while the channel is in the dialplan. */
  appArgs: string[] | undefined;
  variables: Map<string, string>;
  /** The dial request that created it. */
  dial: DialRequest | undefined;
  /** The channel that this snoop channel hears or speaks into. */
  snoops: string | undefined;
  /** Cancels the pending actions of the callee. */
  cancel: () => void;
}

/** @param count makes its name unique */
export function freshChannel(
  id: string,
  count: number,
  createdAt: number,
  given: Partial<FakeChannel> & Pick<FakeChannel, 'appArgs'>,
): FakeChannel {
  return {
    id,
    name: `Fake/${count}`,
    state: 'down',
    caller: { number: '', name: '' },
    dialled: '',
    createdAt,
    variables: new Map(Object.entries(given.dial?.variables ?? {})),
    dial: undefined,
    snoops: undefined,
    cancel: () => undefined,
    ...given,
  };
}

/** Channels and bridges of Asterisk, without their behaviour. */
export class FakeChannels {
  readonly #channels = new Map<string, FakeChannel>();
  readonly #bridges = new Map<string, Set<string>>();

  find(id: string): FakeChannel | undefined {
    return this.#channels.get(id);
  }

  all(): FakeChannel[] {
    return [...this.#channels.values()];
  }

  /** State of a handset from legs that the gateway dialled; undefined: none. */
  lineOf(handset: string): 'ringing' | 'busy' | undefined {
    const legs = this.all().filter(({ dial }) => dial !== undefined && handsetIn(dial.endpoint) === handset);
    if (legs.length === 0) return undefined;
    return legs.some(({ state }) => state === 'up') ? 'busy' : 'ringing';
  }

  /** @throws {AsteriskError} `conflict` when the id is taken */
  add(channel: FakeChannel): void {
    if (this.#channels.has(channel.id))
      throw new AsteriskError('conflict', 'Channel with given unique ID already exists', 409);
    this.#channels.set(channel.id, channel);
  }

  /** @returns undefined when it did not exist */
  remove(id: string): FakeChannel | undefined {
    const channel = this.#channels.get(id);
    channel?.cancel();
    this.#channels.delete(id);
    for (const members of this.#bridges.values()) members.delete(id);
    return channel;
  }

  forgetAll(): void {
    for (const { cancel } of this.#channels.values()) cancel();
    this.#channels.clear();
    this.#bridges.clear();
  }

  /** @throws {AsteriskError} `gone` */
  existing(id: string): FakeChannel {
    const channel = this.#channels.get(id);
    if (channel === undefined) throw new AsteriskError('gone', 'Channel not found', 404);
    return channel;
  }

  /** @throws {AsteriskError} `gone`, or `conflict` when the channel is in the dialplan */
  inApp(id: string): FakeChannel {
    const channel = this.existing(id);
    if (channel.appArgs === undefined) throw new AsteriskError('conflict', 'Channel not in Stasis application', 409);
    return channel;
  }

  /** @throws {AsteriskError} `gone`, also when the channel is in the dialplan */
  leased(id: string): FakeChannel {
    const channel = this.existing(id);
    if (channel.appArgs === undefined) throw new AsteriskError('gone', 'Channel has left the application');
    return channel;
  }

  snapshots(): ChannelSnapshot[] {
    return this.all().map(({ id, name, state, caller, dialled, createdAt, appArgs }) => ({
      id,
      name,
      state,
      caller: { ...caller },
      dialled,
      createdAt,
      appArgs: appArgs && [...appArgs],
    }));
  }

  addBridge(id: string): void {
    if (!this.#bridges.has(id)) this.#bridges.set(id, new Set());
  }

  hasBridge(id: string): boolean {
    return this.#bridges.has(id);
  }

  removeBridge(id: string): void {
    this.#bridges.delete(id);
  }

  /** Adds all channels or none. @throws {AsteriskError} `gone` or `conflict` */
  join(bridgeId: string, channelIds: string[]): void {
    const bridge = this.#bridges.get(bridgeId);
    if (bridge === undefined) throw new AsteriskError('gone', 'Bridge not found', 404);
    const joining = channelIds.map((id) => this.inApp(id));
    for (const members of this.#bridges.values()) {
      if (members !== bridge) for (const { id } of joining) members.delete(id);
    }
    for (const { id } of joining) bridge.add(id);
  }

  leaveBridges(channelId: string): void {
    for (const members of this.#bridges.values()) members.delete(channelId);
  }

  bridges(): { id: string; channelIds: string[] }[] {
    return [...this.#bridges].map(([id, members]) => ({ id, channelIds: [...members] }));
  }
}

/** The handset of an endpoint, which is one of its phones or all. */
export function handsetIn(endpoint: string): string {
  return endpoint
    .replace(/^PJSIP\//, '')
    .replace(/^Local\/(.+)@cordboard-ring-(?:handset|endpoint|endpoint-masked)$/, '$1');
}

import { subscriberOf } from '../http/address.js';
import type { Clock, Instant } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import { HOUR_MS, MINUTE_MS } from '../lib/time.js';
import type { BanStore } from './ban-store.js';
import type { Failures } from './failures.js';
import type { BansSettings } from './schema.js';

/** Where a wrong password or token was sent. `sip_udp`: the address may be forged. */
export type BanSource = 'sip' | 'sip_udp' | 'http';

export interface Ban {
  /** An IPv4 address, or the /64 network of an IPv6 address: see {@link subscriberOf}. */
  address: string;
  since: Instant;
  /** Null: until it is lifted. */
  until: Instant | null;
  cause: 'guessing' | 'manual';
  /** Null for a manual ban. */
  source: BanSource | null;
  /** Number of bans of this address in a row. */
  times: number;
  /** Text of the person who banned it. */
  note: string;
}

/**
 * `guessing`: an address that is never banned, or not automatically, reached the limit. `reloaded`: another gateway has banned
 * addresses or lifted bans.
 */
export type BanEvent =
  | { type: 'banned' | 'lifted'; ban: Ban }
  | { type: 'reloaded' }
  | { type: 'guessing'; address: string; source: BanSource; exempt: string };

export interface BanListOptions {
  store: BanStore;
  failures: Failures;
  settings: () => BansSettings;
  /** Why an address is not banned; undefined when it may be. `manual`: only the reasons that hold for a manual ban too. */
  exemption: (address: string, manual: boolean) => Promise<string | undefined>;
  /** Called when a ban is stored or removed. */
  onStored?: () => void;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** More bans than Asterisk can look through for each packet are not kept; the one that ends first is dropped. */
export const MOST_BANS = 1000;
const GROWTH = 4;
/** Rows kept of bans that have ended. */
const MOST_ENDED = 10_000;

/**
 * The banned addresses. They are kept in memory, where each request looks, and in the database. A forged address must not lock anybody
 * out: what comes over UDP bans for SIP only, always for the time of a first ban, and never an address that has proved a password.
 */
export class BanList {
  readonly #bans = new Map<string, Ban>();
  readonly #deciding = new Set<string>();
  readonly #events: Emitter<BanEvent>;
  #writing: Promise<void> = Promise.resolve();
  #cancelNextEnd: () => void = () => undefined;

  constructor(private readonly options: BanListOptions) {
    this.#events = new Emitter(options.onError);
  }

  async start(): Promise<void> {
    for (const ban of await this.options.store.load()) this.#bans.set(ban.address, ban);
    this.#forgetOld();
    this.#awaitNextEnd();
  }

  /** Reads the bans again, after another gateway has changed one. */
  async reload(): Promise<void> {
    await this.#writing;
    const stored = await this.options.store.load();
    this.#bans.clear();
    for (const ban of stored) {
      this.#bans.set(ban.address, ban);
      if (this.#isActive(ban)) this.options.failures.forget(ban.address);
    }
    this.#awaitNextEnd();
    this.#events.emit({ type: 'reloaded' });
  }

  async stop(): Promise<void> {
    this.#cancelNextEnd();
    await this.#writing;
  }

  onEvent(listener: (event: BanEvent) => void): () => void {
    return this.#events.on(listener);
  }

  /** The ban that holds for this address now. */
  find(address: string): Ban | undefined {
    const ban = this.#bans.get(address);
    return ban !== undefined && this.#isActive(ban) ? ban : undefined;
  }

  /** The ban that holds for HTTP too. */
  findForHttp(address: string): Ban | undefined {
    const ban = this.find(address);
    return ban?.source === 'sip_udp' ? undefined : ban;
  }

  /** The bans in force, the newest first. */
  get active(): Ban[] {
    return [...this.#bans.values()].filter((ban) => this.#isActive(ban)).sort((a, b) => b.since - a.since);
  }

  /** Counts a wrong password or token, and bans the address when there were too many. */
  failed(address: string, source: BanSource): void {
    const { failures, settings } = this.options;
    const subscriber = subscriberOf(address);
    const known = source === 'sip_udp' ? this.find(subscriber) : this.findForHttp(subscriber);
    if (!settings().automatic || known !== undefined || this.#deciding.has(subscriber)) return;
    // What may be forged does not count together with what is proven.
    if (!failures.reachLimit(source === 'sip_udp' ? `udp ${subscriber}` : subscriber, settings())) return;
    this.#deciding.add(subscriber);
    this.#decide(subscriber, source)
      .catch(this.options.onError)
      .finally(() => this.#deciding.delete(subscriber));
  }

  /** Bans an address by hand. @param forMs undefined: until it is lifted @returns the reason when it cannot be banned */
  async ban(address: string, { forMs, note }: { forMs?: number | undefined; note: string }): Promise<Ban | string> {
    const subscriber = subscriberOf(address);
    const exempt = await this.options.exemption(subscriber, true);
    if (exempt !== undefined) return exempt;
    const since = this.options.clock.now();
    const times = this.#bans.get(subscriber)?.times ?? 0;
    const until = forMs === undefined ? null : since + forMs;
    const ban: Ban = { address: subscriber, since, until, cause: 'manual', source: null, times: times + 1, note };
    this.#put(ban);
    await this.#writing;
    return ban;
  }

  /** Ends a ban and forgets earlier ones. @returns it, or undefined when the address is not banned */
  async lift(address: string): Promise<Ban | undefined> {
    const ban = this.find(subscriberOf(address));
    if (ban === undefined) return undefined;
    this.#remove(ban);
    await this.#writing;
    return ban;
  }

  /** Lifts automatic bans that the settings no longer allow. */
  async applySettings(): Promise<void> {
    for (const ban of this.active) {
      const off = ban.cause === 'guessing' && !this.options.settings().automatic;
      const exempt = off ? 'off' : await this.options.exemption(ban.address, ban.cause === 'manual');
      if (exempt !== undefined && this.#bans.get(ban.address) === ban) this.#remove(ban);
    }
  }

  async #decide(address: string, source: BanSource): Promise<void> {
    const exempt = await this.options.exemption(address, false);
    if (exempt === undefined) this.#put(this.#nextBan(address, source));
    else this.#events.emit({ type: 'guessing', address, source, exempt });
  }

  #nextBan(address: string, source: BanSource): Ban {
    const { first_minutes, longest_hours } = this.options.settings();
    const before = this.#bans.get(address);
    const counts = before !== undefined && before.source !== 'sip_udp' && source !== 'sip_udp';
    const times = counts ? before.times + 1 : 1;
    const lengthMs = Math.min(longest_hours * HOUR_MS, first_minutes * MINUTE_MS * GROWTH ** (times - 1));
    const since = this.options.clock.now();
    return { address, since, until: since + lengthMs, cause: 'guessing', source, times, note: '' };
  }

  #put(ban: Ban): void {
    const active = this.active;
    if (active.length >= MOST_BANS && !active.some(({ address }) => address === ban.address)) {
      const first = active.reduce((a, b) => ((b.until ?? Infinity) < (a.until ?? Infinity) ? b : a));
      this.#remove(first);
    }
    this.#bans.set(ban.address, ban);
    this.#forgetOld();
    this.#write((store) => store.put(ban));
    this.#awaitNextEnd();
    this.#events.emit({ type: 'banned', ban });
  }

  #remove(ban: Ban): void {
    this.#bans.delete(ban.address);
    this.options.failures.forget(ban.address);
    this.#write((store) => store.remove([ban.address]));
    this.#awaitNextEnd();
    this.#events.emit({ type: 'lifted', ban });
  }

  /** A ban that ended longer ago than the longest one lasts does not count for the next one. */
  #forgetOld(): void {
    const now = this.options.clock.now();
    const keepMs = this.options.settings().longest_hours * HOUR_MS;
    const ended = [...this.#bans.values()].filter((ban) => !this.#isActive(ban)).sort((a, b) => b.since - a.since);
    const old = ended.filter(({ until }, index) => index >= MOST_ENDED || (until ?? now) + keepMs < now);
    if (old.length === 0) return;
    for (const { address } of old) this.#bans.delete(address);
    this.#write((store) => store.remove(old.map(({ address }) => address)));
  }

  #isActive({ until }: Ban): boolean {
    return until === null || until > this.options.clock.now();
  }

  /** Reports the end of the ban that ends next. */
  #awaitNextEnd(): void {
    this.#cancelNextEnd();
    const next = this.active.reduce<Ban | undefined>(
      (first, ban) => ((ban.until ?? Infinity) < (first?.until ?? Infinity) ? ban : first),
      undefined,
    );
    if (next?.until == null) return;
    this.#cancelNextEnd = this.options.clock.wakeAt(next.until, () => {
      this.#events.emit({ type: 'lifted', ban: next });
      this.#awaitNextEnd();
    });
  }

  /** In order. A ban that cannot be stored holds until the gateway stops. */
  #write(job: (store: BanStore) => Promise<void>): void {
    this.#writing = this.#writing
      .then(() => job(this.options.store))
      .then(() => this.options.onStored?.())
      .catch(this.options.onError);
  }
}

import type { AsteriskPort } from '../asterisk/port.js';
import type { TrunkLink, TrunkPort } from '../asterisk/trunks/trunk-port.js';
import type { Clock, Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { MINUTE_MS, SECOND_MS } from '../lib/time.js';
import { trunkProblem, type TrunkProblem } from './trunk-problem.js';
import type { Trunk } from './trunk-schema.js';

/**
 * - `registered`, `reachable`: calls can be made; `unchecked`: probably, since the trunk is not checked;
 * - `busy`: all its channels are in use;
 * - `registering`: the provider has not answered yet; `rejected`: it refused the registration;
 * - `unreachable`: the server does not answer;
 * - `missing`: not in Asterisk; `disabled`: switched off; `unknown`: Asterisk cannot be asked.
 */
export const trunkConditions = [
  'registered',
  'reachable',
  'unchecked',
  'busy',
  'registering',
  'rejected',
  'unreachable',
  'missing',
  'disabled',
  'unknown',
] as const;
type TrunkCondition = (typeof trunkConditions)[number];

export interface TrunkState {
  name: string;
  title: string;
  state: TrunkCondition;
  /** Why calls may fail; null when nothing is known to be wrong. */
  problem: TrunkProblem | null;
  /** Calls in progress, in both directions. */
  channels: number;
  maxChannels: number | null;
  /** The last outgoing call that the trunk did not carry. */
  lastError: { at: Instant; problem: TrunkProblem } | null;
}

interface TrunkStatesOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent'> & { trunks: Pick<TrunkPort, 'links' | 'register'> };
  trunks: () => readonly Trunk[];
  /** Why a trunk is not, or not wholly, in Asterisk. */
  failureOf: (trunk: string) => TrunkProblem | undefined;
  clock: Clock;
  logger: Logger;
}

const LOOK_EVERY_MS = 10 * SECOND_MS;
/** After this time since a silent call, Asterisk's own check has shown how the trunk is. */
const UNTIL_CHECKED_MS = 40 * SECOND_MS;
/** How long a trunk without checks is tried last after a silent call. */
const UNTIL_TRIED_AGAIN_MS = 5 * MINUTE_MS;
const WORKING: ReadonlySet<TrunkCondition> = new Set(['registered', 'reachable', 'unchecked', 'busy']);
/** Conditions that are no fault of the trunk. */
const HARMLESS: ReadonlySet<TrunkCondition> = new Set([...WORKING, 'disabled', 'unknown']);

/** Whether the trunk carries calls, as far as known. */
export function isUp({ state }: Pick<TrunkState, 'state'>): boolean {
  return WORKING.has(state);
}

/** Whether somebody has to do something about the trunk. */
export function isFaulty({ state, problem }: Pick<TrunkState, 'state' | 'problem'>): boolean {
  return !HARMLESS.has(state) || (problem !== null && state !== 'busy' && state !== 'unknown');
}

/** The states of the company's trunks, asked of Asterisk every ten seconds. */
export class TrunkStates {
  #links = new Map<string, TrunkLink>();
  /** Trunks whose server has stopped to answer since Asterisk was reached: it may have forgotten their registration. */
  readonly #lost = new Set<string>();
  readonly #lastErrors = new Map<string, { at: Instant; problem: TrunkProblem }>();
  #unsubscribe: () => void = () => undefined;
  #cancel: () => void = () => undefined;
  #looking: Promise<void> | undefined;

  constructor(private readonly options: TrunkStatesOptions) {}

  start(): void {
    this.#unsubscribe = this.options.asterisk.onEvent(({ type }) => {
      if (type !== 'link_down') return;
      this.#links.clear();
      this.#lost.clear();
    });
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancel();
    await this.#looking;
    this.#cancel();
  }

  /** All trunks of the company, as of the last look, in the order of the document. */
  get list(): TrunkState[] {
    return this.options.trunks().map((trunk) => this.#stateOf(trunk));
  }

  /** Looks now. A failed look leaves what was known. */
  async refresh(): Promise<TrunkState[]> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    await this.#looking;
    return this.list;
  }

  /** Known not to work: calls try it last. */
  isDown(name: string): boolean {
    const trunk = this.options.trunks().find((one) => one.name === name);
    if (trunk === undefined) return false;
    const state = conditionOf(trunk, this.#links.get(name));
    return (!isUp({ state }) && state !== 'unknown') || this.#wasSilent(trunk);
  }

  /** Records that a trunk did not carry a call. */
  failed(name: string, problem: TrunkProblem): void {
    this.#lastErrors.set(name, { at: this.options.clock.now(), problem });
  }

  /** It has left a call without any answer just now, so the next call need not wait for it as well. */
  #wasSilent({ name, checks }: Trunk): boolean {
    const last = this.#lastErrors.get(name);
    if (last === undefined || (last.problem.code !== 'silent' && last.problem.code !== 'no_answer')) return false;
    return this.options.clock.now() - last.at < (checks ? UNTIL_CHECKED_MS : UNTIL_TRIED_AGAIN_MS);
  }

  async #look(): Promise<void> {
    const { asterisk, trunks, logger } = this.options;
    const names = trunks().map(({ name }) => name);
    if (!asterisk.usable || names.length === 0) return;
    try {
      const before = this.#links;
      this.#links = await asterisk.trunks.links(names);
      for (const { name, way } of trunks()) {
        const [did, does] = [before.get(name)?.answers, this.#links.get(name)?.answers];
        if (did === true && does === false) this.#lost.add(name);
        // Not after a start of Asterisk, whose first check comes after the registration: registering anew costs the calls of ten seconds.
        if (does === true && this.#lost.delete(name) && way === 'registration') await asterisk.trunks.register(name);
      }
    } catch (error) {
      logger.debug({ err: error }, 'the states of the trunks could not be read');
    }
  }

  #schedule(): void {
    const { clock } = this.options;
    this.#cancel = clock.wakeAt(clock.now() + LOOK_EVERY_MS, () => void this.refresh().finally(() => this.#schedule()));
  }

  #stateOf(trunk: Trunk): TrunkState {
    const link = this.#links.get(trunk.name);
    const state = conditionOf(trunk, link);
    return {
      name: trunk.name,
      title: trunk.title,
      state,
      problem: trunk.enabled ? (this.options.failureOf(trunk.name) ?? problemOf(trunk, state)) : null,
      channels: link?.channels ?? 0,
      maxChannels: trunk.max_channels ?? null,
      lastError: this.#lastErrors.get(trunk.name) ?? null,
    };
  }
}

function conditionOf({ enabled, way, checks, max_channels }: Trunk, link: TrunkLink | undefined): TrunkCondition {
  if (!enabled) return 'disabled';
  if (link === undefined) return 'unknown';
  if (!link.exists) return 'missing';
  const isFull = max_channels !== undefined && link.channels >= max_channels;
  // A server that answers nothing at all has not rejected anything, and a registration is noticed to be lost minutes later.
  if (checks && link.answers === false) return 'unreachable';
  if (way === 'registration') {
    if (link.registration === 'Registered') return isFull ? 'busy' : 'registered';
    return link.registration === 'Rejected' || link.registration === 'Stopped' ? 'rejected' : 'registering';
  }
  return isFull ? 'busy' : checks ? 'reachable' : 'unchecked';
}

function problemOf({ server, user = '' }: Trunk, state: TrunkCondition): TrunkProblem | null {
  switch (state) {
    case 'rejected':
      return trunkProblem(state, { server, user });
    case 'unreachable':
    case 'registering':
      return trunkProblem(state, { server });
    case 'missing':
    case 'busy':
      return trunkProblem(state);
    case 'registered':
    case 'reachable':
    case 'unchecked':
    case 'disabled':
    case 'unknown':
      return null;
  }
}

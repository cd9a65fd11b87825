import { AsteriskNames } from '../asterisk/names.js';
import type { Kysely } from 'kysely';
import { DateTime } from 'luxon';
import { Emitter } from '../lib/emitter.js';
import { isTimeZone } from '../lib/time-zone.js';
import type { Instant } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { MAIN_NODE } from '../storage/node-lease/lease-rows.js';
import type { Tables } from '../storage/schema.js';
import { holdersFor, judgeForHolder, nameOf, operatorOf, type DialLimits, type LimitHolder } from './dial-limits.js';
import { findLine } from './caller.js';
import { judgeNumber } from './dial-rules.js';
import { countDials, type DialCount } from './dial-use.js';
import { digitsOf, toE164 } from './numbers.js';
import type { DialPolicySettings } from './schema.js';
import { callerIdOn, numberForTrunk } from './trunk-numbers.js';
import { trunksFor } from './trunk-routing.js';
import type { Trunk } from './trunk-schema.js';
import { DAY_MS } from '../lib/time.js';
import type { FailedLeg, LegRoute } from '../telephony/telephony.js';

/** The parts of the company document that the policy reads, for each dial. */
export interface DialDirectory {
  country: string;
  time_zone: string;
  dial_policy: DialPolicySettings;
  handsets: readonly {
    name: string;
    endpoint?: string | undefined;
    max_contacts: number;
    dial_limits?: DialLimits | undefined;
  }[];
  operators: readonly {
    id: number;
    name: string;
    handset?: string | undefined;
    dial_limits?: DialLimits | undefined;
  }[];
  lines: readonly { number: string; caller_id?: string | undefined; trunk?: string | undefined }[];
  /** Empty: numbers are called through the endpoint of the line, or the usual one. */
  trunks: readonly Trunk[];
}

interface DialQuestion {
  /** Globally unique id, chosen by the flow; a repeated question with the same id counts once. */
  legId: string;
  to: { handset: string } | { number: string };
  /** Number of the line that the call is made for. */
  line: string;
  /** Caller ID set by the plan; null for the line's own. */
  callerId?: string | null;
  /** The only trunk to try: a test call. */
  trunk?: string | undefined;
  /** The leg that this one replaces, because its trunk failed. */
  after?: FailedLeg | undefined;
  /** The handset that calls a number. */
  by?: string | undefined;
  at: Instant;
}

type DialAnswer =
  | {
      allowed: true;
      endpoint: string;
      callerId: string | null;
      /** Of a call to a number over one of the company's trunks: that trunk, and those that can be tried next. */
      route?: LegRoute;
    }
  /** `forNow`: a limit is reached or could not be checked; a later attempt may be allowed. */
  | { allowed: false; reason: string; forNow?: true };

/** Calls of a handset or person, or of everybody. */
interface DialUse extends DialCount {
  holder: LimitHolder | undefined;
  limits: { max_concurrent?: number | undefined; max_per_day?: number | undefined };
}

/** A limit of a day: of a handset or person, or undefined for that of the dial policy. */
export interface DialLimitEvent {
  of: LimitHolder | undefined;
  used: number;
  max: number;
  /** False: 80 % are used. */
  isReached: boolean;
}

const NEARLY = 0.8;

/** How long ended dials are kept, for the daily limit. */
const KEEP_MS = 7 * DAY_MS;

/**
 * The policy for every dial. Default deny: a call that no rule allows, an unreadable number, and a call that cannot be counted
 * are refused. Endpoint strings are built only here, from configured names and digits, so that no untrusted text reaches Asterisk.
 */
export class DialPolicy {
  /** Ended legs whose end is not stored yet. */
  readonly #unstoredEnds = new Map<string, Instant>();
  readonly #node: string;
  readonly #limitEvents: Emitter<DialLimitEvent>;

  constructor(
    private readonly options: {
      db: Database;
      /** The node that dials; the limits count the calls of all. Default: that of a company with one Asterisk. */
      node?: string;
      directory: () => DialDirectory;
      /** Asterisk endpoint for calls of lines without a trunk; undefined: such calls are refused. */
      trunk: string | undefined;
      /** Whether the operator of this handset may not see numbers. Default: no handset. */
      masksCallers?: (handset: string) => boolean;
      /** Default: those of a gateway without telephones of the company's own. */
      names?: AsteriskNames;
      /** Incoming calls of a trunk that are in progress. Default: none. @throws when Asterisk cannot be asked */
      incomingCalls?: (trunk: string) => Promise<number>;
      /** Whether a trunk is known not to work; it is tried last. Default: none is. */
      isDown?: (trunk: string) => boolean;
      /** A trunk has left a call without any answer. */
      onSilent?: (trunk: string) => void;
      onError?: (error: unknown) => void;
    },
  ) {
    this.#limitEvents = new Emitter(options.onError ?? (() => undefined));
    this.#node = options.node ?? MAIN_NODE;
  }

  /** Checks a dial. Never rejects. A call to a number takes a slot of the limits, which {@link release} releases. */
  async check(question: DialQuestion): Promise<DialAnswer> {
    const directory = this.options.directory();
    const silent = question.after?.silent === true ? question.after.trunks.at(-1) : undefined;
    if (silent !== undefined) this.options.onSilent?.(silent);
    return 'handset' in question.to
      ? this.#toHandset(question.to.handset, question, directory)
      : await this.#toNumber(question.to.number, question, directory);
  }

  /** Releases the slot of an ended leg, also while the database cannot be written. Ignores unknown legs. */
  async release(legId: string, at: Instant = Date.now()): Promise<void> {
    this.#unstoredEnds.set(legId, at);
    await this.options.db
      .updateTable('dials')
      .set({ ended_at: at })
      .where('leg_id', '=', legId)
      .where('ended_at', 'is', null)
      .execute();
    this.#unstoredEnds.delete(legId);
  }

  /** The trunk of the company that a leg was dialled over. */
  async trunkOf(legId: string): Promise<string | undefined> {
    const { db } = this.options;
    const row = await db.selectFrom('dials').where('leg_id', '=', legId).select('trunk').executeTakeFirst();
    return row?.trunk ?? undefined;
  }

  /** The route of a leg that was dialled, by the present settings. Undefined for one that was not dialled over a trunk of the company. */
  async routeOf(question: DialQuestion): Promise<LegRoute | undefined> {
    const trunk = await this.trunkOf(question.legId);
    if (trunk === undefined || !('number' in question.to)) return undefined;
    const ways = this.#waysFor(question.to.number, question, this.options.directory());
    const able = Array.isArray(ways) ? ways.flatMap((way) => (way.trunk === undefined ? [] : [way.trunk.name])) : [];
    return { trunk, others: able.filter((name) => name !== trunk) };
  }

  /** Releases the slots of legs that ended while Asterisk was not connected. */
  async reconcile(liveLegIds: readonly string[], at: Instant = Date.now()): Promise<void> {
    const live = new Set(liveLegIds);
    const open = await this.options.db
      .selectFrom('dials')
      .select('leg_id')
      .where('ended_at', 'is', null)
      .where('at', '<=', at)
      .where('node', '=', this.#node)
      .execute();
    for (const { leg_id } of open) if (!live.has(leg_id)) await this.release(leg_id, at);
  }

  /** Removes old dials. */
  get cleanupJob(): CleanupJob {
    return {
      name: 'dials',
      run: async (now) => {
        const old = this.options.db
          .deleteFrom('dials')
          .where('ended_at', 'is not', null)
          .where('at', '<', now - KEEP_MS);
        return Number((await old.executeTakeFirst()).numDeletedRows);
      },
    };
  }

  #toHandset(name: string, question: DialQuestion, directory: DialDirectory): DialAnswer {
    const { masksCallers = () => false, names = new AsteriskNames() } = this.options;
    const known = directory.handsets.find((handset) => handset.name === name);
    if (known === undefined || !isEndpointName(name)) return refuse('there is no such handset');
    const isPlain = known.max_contacts === 1 && known.endpoint === undefined;
    const endpoint = isPlain ? `PJSIP/${name}` : names.allPhonesOf(name);
    const callerId = sanitize(question.callerId);
    // Names of colleagues' handsets stay visible.
    const isNumber = callerId === null || /^\+?\d+$/.test(callerId);
    return { allowed: true, endpoint, callerId: isNumber && masksCallers(name) ? 'anonymous' : callerId };
  }

  async #toNumber(number: string, question: DialQuestion, directory: DialDirectory): Promise<DialAnswer> {
    const ways = this.#waysFor(number, question, directory);
    if (!Array.isArray(ways)) return ways;
    const holders = limitHolders(number, question.by, directory);
    const reason = refusalOf(number, holders, directory);
    if (reason !== undefined) return refuse(reason);
    try {
      for (const [legId, at] of [...this.#unstoredEnds]) await this.release(legId, at);
      let refusal: DialAnswer = refuse('no other trunk is left');
      for (const [index, way] of ways.entries()) {
        const taken = await this.#takeSlot(question, directory, { trunk: way.trunk, holders });
        if (taken === undefined) return allowOver(way, ways.slice(index + 1));
        refusal = taken.refusal;
        if (!taken.mayTryNext) break;
      }
      return refusal;
    } catch {
      return refuseForNow(
        'the limits of the dial policy could not be checked: the database or Asterisk did not answer',
      );
    }
  }

  /** What may be dialled for a number, in the order in which it is tried; never empty. */
  #waysFor(number: string, question: DialQuestion, directory: DialDirectory): Way[] | DialAnswer {
    const named = lineOf(question, directory)?.trunk;
    const { trunks } = directory;
    // A line can name an endpoint of Asterisk's own files beside the company's trunks.
    const isForeign = trunks.length === 0 || (named !== undefined && !trunks.some(({ name }) => name === named));
    const endpoint = named ?? this.options.trunk;
    const usesEndpoint = question.trunk === undefined && isForeign;
    if (usesEndpoint && (endpoint === undefined || !isEndpointName(endpoint)))
      return refuse('there is no trunk to call numbers through');
    const verdict = judgeNumber(number, directory.dial_policy, directory.country);
    if (!verdict.allowed) return verdict;
    if (!usesEndpoint) return this.#waysOverTrunks(verdict.digits, number, question, directory);
    const callerId = digitsOrNull(callerIdOf(question, directory));
    return [{ endpoint: `PJSIP/${verdict.digits}@${endpoint}`, callerId }];
  }

  /** @param digits the number as Asterisk dials it, for short codes */
  #waysOverTrunks(
    digits: string,
    number: string,
    question: DialQuestion,
    directory: DialDirectory,
  ): Way[] | DialAnswer {
    const { country, trunks } = directory;
    const { trunk: only, after, line } = question;
    const called = toE164(number, country) ?? digits;
    const able =
      only === undefined
        ? trunksFor(trunks, { line, preferred: lineOf(question, directory)?.trunk, number: called, country })
        : trunks.filter(({ name, enabled }) => enabled && name === only);
    if (able.length === 0) return refuse('no trunk carries calls of this line to this number');
    const left = able.filter(({ name }) => after?.trunks.includes(name) !== true);
    if (left.length === 0) return refuse('no other trunk is left');
    const isDown = ({ name }: Trunk) => this.options.isDown?.(name) === true;
    return [...left.filter((trunk) => !isDown(trunk)), ...left.filter(isDown)].map((trunk): Way => {
      const shown = callerIdOn(trunk, callerIdOf(question, directory), country);
      return {
        trunk,
        endpoint: `PJSIP/${numberForTrunk(called, trunk, country)}@${trunk.name}`,
        callerId: shown === undefined ? null : numberForTrunk(shown, trunk, country),
      };
    });
  }

  /** Why a handset may not call a number now, by its own limits; undefined when it may. Takes no slot. */
  async refusalFor(handset: string, number: string, at: Instant = Date.now()): Promise<string | undefined> {
    const directory = this.options.directory();
    const holders = limitHolders(number, handset, directory);
    const reason = refusalOf(number, holders, directory);
    if (reason !== undefined || holders.length === 0) return reason;
    const uses = await this.#uses(this.options.db, at, directory, holders);
    return uses.map(fullReason).find((full) => full !== undefined);
  }

  /** Reports each limit of a day that is nearly used up, or used up, when that happens. */
  onLimit(listener: (event: DialLimitEvent) => void): () => void {
    return this.#limitEvents.on(listener);
  }

  /** Counts and takes in one transaction, so that dials at the same instant cannot share the last slot. */
  async #takeSlot(
    { legId, after, at, by }: DialQuestion,
    directory: DialDirectory,
    { trunk, holders }: { trunk: Trunk | undefined; holders: readonly LimitHolder[] },
  ): Promise<{ refusal: DialAnswer; mayTryNext?: true } | undefined> {
    const incoming = trunk?.max_channels === undefined ? 0 : ((await this.options.incomingCalls?.(trunk.name)) ?? 0);
    const taken = await this.options.db.transaction().execute(async (tx) => {
      const known = await tx.selectFrom('dials').where('leg_id', '=', legId).select('ended_at').executeTakeFirst();
      if (known)
        return known.ended_at === null ? undefined : { refusal: refuse('the leg was dialled before and is over') };
      // The attempt that failed counts no more: this one takes its place.
      if (after !== undefined) await tx.deleteFrom('dials').where('leg_id', '=', after.legId).execute();
      const uses = await this.#uses(tx, at, directory, [undefined, ...holders]);
      const full = uses.map(fullReason).find((reason) => reason !== undefined);
      if (full !== undefined) return { refusal: refuseForNow(full) };
      if (trunk?.max_channels !== undefined && (await openOver(tx, trunk.name)) + incoming >= trunk.max_channels)
        return { refusal: refuseForNow(`the trunk ${trunk.name} has no free channel`), mayTryNext: true as const };
      const operator = by === undefined ? undefined : operatorOf(by, directory.operators);
      const row = { leg_id: legId, at, ended_at: null, trunk: trunk?.name ?? null };
      await tx
        .insertInto('dials')
        .values({ ...row, handset: by ?? null, operator_id: operator?.id ?? null, node: this.#node })
        .execute();
      return uses;
    });
    if (!Array.isArray(taken)) return taken;
    // An attempt in place of another one has been reported already.
    if (after === undefined) for (const use of taken) this.#reportUse(use);
    return undefined;
  }

  /** Calls at present and of the day: of everybody, and of the holders. */
  #uses(
    db: Kysely<Tables>,
    at: Instant,
    { dial_policy, time_zone }: DialDirectory,
    holders: readonly (LimitHolder | undefined)[],
  ): Promise<DialUse[]> {
    const today = startOfDay(at, time_zone);
    const useOf = async (holder: LimitHolder | undefined): Promise<DialUse> => ({
      holder,
      limits: holder?.limits ?? dial_policy,
      ...(await countDials(db, today, holder)),
    });
    return Promise.all(holders.map(useOf));
  }

  /** @param use before the dial that was counted */
  #reportUse({ holder, limits: { max_per_day: max }, today }: DialUse): void {
    if (max === undefined || max === 0) return;
    const used = today + 1;
    const isNear = used === Math.ceil(max * NEARLY);
    if (used === max || isNear) this.#limitEvents.emit({ of: holder, used, max, isReached: used === max });
  }
}

/** One way to dial a number. `trunk`: one of the company's; undefined for an endpoint of Asterisk's own files. */
interface Way {
  trunk?: Trunk;
  endpoint: string;
  callerId: string | null;
}

function allowOver({ trunk, endpoint, callerId }: Way, next: readonly Way[]): DialAnswer {
  if (trunk === undefined) return { allowed: true, endpoint, callerId };
  const others = next.flatMap((way) => (way.trunk === undefined ? [] : [way.trunk.name]));
  return { allowed: true, endpoint, callerId, route: { trunk: trunk.name, others } };
}

/** First instant of the local day of `at`, also where clocks change at midnight. */
export function startOfDay(at: Instant, timeZone: string): Instant {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const midnight = DateTime.fromMillis(at, { zone }).startOf('day');
  return Math.min(...midnight.getPossibleOffsets().map((possible) => possible.toMillis()));
}

/** Short codes, which include emergency numbers, have no limits of their own. */
function limitHolders(number: string, by: string | undefined, directory: DialDirectory): LimitHolder[] {
  return by === undefined || toE164(number, directory.country) === undefined ? [] : holdersFor(by, directory);
}

function refusalOf(number: string, holders: readonly LimitHolder[], { country }: DialDirectory): string | undefined {
  const e164 = toE164(number, country) ?? '';
  return holders.map((holder) => judgeForHolder(e164, holder)).find((reason) => reason !== undefined);
}

/** Outgoing calls over a trunk at present. */
async function openOver(tx: Kysely<Tables>, trunk: string): Promise<number> {
  const { open } = await tx
    .selectFrom('dials')
    .where('ended_at', 'is', null)
    .where('trunk', '=', trunk)
    .select((expression) => expression.fn.countAll<number>().as('open'))
    .executeTakeFirstOrThrow();
  return open;
}

function fullReason({ holder, limits: { max_concurrent, max_per_day }, open, today }: DialUse): string | undefined {
  const who = holder === undefined ? 'the dial policy' : nameOf(holder);
  const verb = holder === undefined ? 'allows' : 'may make';
  if (max_concurrent !== undefined && open >= max_concurrent)
    return `${who} ${verb} ${max_concurrent} outgoing calls at the same time`;
  if (max_per_day !== undefined && today >= max_per_day) return `${who} ${verb} ${max_per_day} outgoing calls a day`;
  return undefined;
}

/** Caller ID of calls to numbers, in E.164: the plan's if it is a number, else the line's. */
function callerIdOf(question: DialQuestion, directory: DialDirectory): string | undefined {
  const { country } = directory;
  const wanted = question.callerId == null ? undefined : toE164(question.callerId, country);
  return wanted ?? toE164(lineOf(question, directory)?.caller_id ?? question.line, country);
}

function digitsOrNull(e164: string | undefined): string | null {
  return e164 === undefined ? null : digitsOf(e164);
}

function lineOf({ line }: DialQuestion, { lines, country }: DialDirectory) {
  return lines.find(({ number }) => number === line) ?? findLine(lines, line, country);
}

/** Caller ID of calls to handsets: any text, sanitized. */
function sanitize(callerId: string | null | undefined): string | null {
  const number = (callerId ?? '').replace(/[^\w+.-]/g, '').slice(0, 40);
  return number === '' ? null : number;
}

function isEndpointName(name: string): boolean {
  return /^[A-Za-z0-9_-]{1,40}$/.test(name);
}

function refuse(reason: string): DialAnswer {
  return { allowed: false, reason };
}

function refuseForNow(reason: string): DialAnswer {
  return { allowed: false, reason, forNow: true };
}

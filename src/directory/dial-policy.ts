import { AsteriskNames } from '../asterisk/names.js';
import { DateTime } from 'luxon';
import { isTimeZone } from '../lib/time-zone.js';
import type { Instant } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Database } from '../storage/database.js';
import { findLine } from './caller.js';
import { judgeNumber } from './dial-rules.js';
import { digitsOf, toE164 } from './numbers.js';
import type { DialPolicySettings } from './schema.js';
import { DAY_MS } from '../lib/time.js';

/** The parts of the company document that the policy reads, for each dial. */
export interface DialDirectory {
  country: string;
  time_zone: string;
  dial_policy: DialPolicySettings;
  handsets: readonly { name: string; endpoint?: string | undefined; max_contacts: number }[];
  lines: readonly { number: string; caller_id?: string | undefined; trunk?: string | undefined }[];
}

interface DialQuestion {
  /** Globally unique id, chosen by the flow; a repeated question with the same id counts once. */
  legId: string;
  to: { handset: string } | { number: string };
  /** Number of the line that the call is made for. */
  line: string;
  /** Caller ID set by the plan; null for the line's own. */
  callerId?: string | null;
  at: Instant;
}

type DialAnswer =
  | { allowed: true; endpoint: string; callerId: string | null }
  /** `forNow`: a limit is reached or could not be checked; a later attempt may be allowed. */
  | { allowed: false; reason: string; forNow?: true };

/** How long ended dials are kept, for the daily limit. */
const KEEP_MS = 7 * DAY_MS;

/**
 * The policy for every dial. Default deny: a call that no rule allows, an unreadable number, and a call that cannot be counted
 * are refused. Endpoint strings are built only here, from configured names and digits, so that no untrusted text reaches Asterisk.
 */
export class DialPolicy {
  /** Ended legs whose end is not stored yet. */
  readonly #unstoredEnds = new Map<string, Instant>();

  constructor(
    private readonly options: {
      db: Database;
      directory: () => DialDirectory;
      /** Asterisk endpoint for calls of lines without a trunk; undefined: such calls are refused. */
      trunk: string | undefined;
      /** Whether the operator of this handset may not see numbers. Default: no handset. */
      masksCallers?: (handset: string) => boolean;
      /** Default: those of a gateway without telephones of the company's own. */
      names?: AsteriskNames;
    },
  ) {}

  /** Checks a dial. Never rejects. A call to a number takes a slot of the limits, which {@link release} releases. */
  async check(question: DialQuestion): Promise<DialAnswer> {
    const directory = this.options.directory();
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

  /** Releases the slots of legs that ended while Asterisk was not connected. */
  async reconcile(liveLegIds: readonly string[], at: Instant = Date.now()): Promise<void> {
    const live = new Set(liveLegIds);
    const open = await this.options.db
      .selectFrom('dials')
      .select('leg_id')
      .where('ended_at', 'is', null)
      .where('at', '<=', at)
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
    const trunk = lineOf(question, directory)?.trunk ?? this.options.trunk;
    if (trunk === undefined || !isEndpointName(trunk)) return refuse('there is no trunk to call numbers through');
    const verdict = judgeNumber(number, directory.dial_policy, directory.country);
    if (!verdict.allowed) return verdict;
    try {
      for (const [legId, at] of [...this.#unstoredEnds]) await this.release(legId, at);
      const refusal = await this.#takeSlot(question, directory);
      if (refusal !== undefined) return refusal;
    } catch {
      return refuseForNow('the limits of the dial policy could not be checked: the database did not answer');
    }
    return { allowed: true, endpoint: `PJSIP/${verdict.digits}@${trunk}`, callerId: callerIdOf(question, directory) };
  }

  /** Counts and takes in one transaction, so that dials at the same instant cannot share the last slot. */
  #takeSlot({ legId, at }: DialQuestion, { dial_policy, time_zone }: DialDirectory): Promise<DialAnswer | undefined> {
    return this.options.db.transaction().execute(async (tx) => {
      const known = await tx.selectFrom('dials').where('leg_id', '=', legId).select('ended_at').executeTakeFirst();
      if (known) return known.ended_at === null ? undefined : refuse('the leg was dialled before and is over');
      const { open } = await tx
        .selectFrom('dials')
        .where('ended_at', 'is', null)
        .select((expression) => expression.fn.countAll<number>().as('open'))
        .executeTakeFirstOrThrow();
      if (open >= dial_policy.max_concurrent)
        return refuseForNow(`the dial policy allows ${dial_policy.max_concurrent} outgoing calls at the same time`);
      const { today } = await tx
        .selectFrom('dials')
        .where('at', '>=', startOfDay(at, time_zone))
        .select((expression) => expression.fn.countAll<number>().as('today'))
        .executeTakeFirstOrThrow();
      if (today >= dial_policy.max_per_day)
        return refuseForNow(`the dial policy allows ${dial_policy.max_per_day} outgoing calls a day`);
      await tx.insertInto('dials').values({ leg_id: legId, at, ended_at: null }).execute();
      return undefined;
    });
  }
}

/** First instant of the local day of `at`, also where clocks change at midnight. */
export function startOfDay(at: Instant, timeZone: string): Instant {
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const midnight = DateTime.fromMillis(at, { zone }).startOf('day');
  return Math.min(...midnight.getPossibleOffsets().map((possible) => possible.toMillis()));
}

/** Caller ID of calls to numbers: the plan's if it is a number, else the line's. */
function callerIdOf(question: DialQuestion, directory: DialDirectory): string | null {
  const { country } = directory;
  const wanted = question.callerId == null ? undefined : toE164(question.callerId, country);
  const shown = wanted ?? toE164(lineOf(question, directory)?.caller_id ?? question.line, country);
  return shown === undefined ? null : digitsOf(shown);
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

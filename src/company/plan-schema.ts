import { z } from 'zod';
import { duration, recordSetting, type RecordSetting } from '../directory/schema.js';
import { priority } from '../directory/waiting-schema.js';

/** The words a call plan is written in. What each action does: docs/configuration.md; how: one file per action under actions/. */

export const promptId = z.number().int().positive();
/** One prompt, or several that are played one after another. */
const promptList = z.array(promptId).min(1).max(50);
const prompts = z.union([promptId, promptList]);
export const partName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u, 'letters, digits, - and _');
const key = z.string().regex(/^[0-9*#]$/, 'one key: 0-9, * or #');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:00');
const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-24');
const timeSpan = z.strictObject({ from: clockTime, to: clockTime });

/** Weekly opening hours, with holidays (closed) and exceptions (hours of their own), in one IANA time zone. */
export const hoursSchema = z.strictObject({
  /** IANA name; default: the line's. */
  time_zone: z.string().optional(),
  weekly: z.partialRecord(weekday, z.array(timeSpan)),
  /** Days on which it is closed: `2026-12-24`, or `12-24` for every year. */
  holidays: z.array(z.union([isoDate, z.string().regex(/^\d{2}-\d{2}$/)])).default([]),
  /** Days with hours of their own; they win over `weekly` and `holidays`. */
  exceptions: z.array(z.strictObject({ date: isoDate, open: z.array(timeSpan) })).default([]),
});

export type Hours = z.output<typeof hoursSchema>;

/** Every action has exactly one key, its name, so that a plan reads like a list of steps. */
const answer = z.strictObject({
  answer: z
    .strictObject({})
    .nullish()
    .transform(() => ({})),
});
const play = z.strictObject({
  play: z.union([
    promptId.transform((prompt) => ({ prompt })),
    promptList.transform((prompt) => ({ prompt })),
    z.strictObject({ prompt: prompts }),
  ]),
});
const goToPart = z.strictObject({ go_to_part: partName });
const hangUp = z.strictObject({
  hang_up: z
    .strictObject({ cause: z.enum(['normal', 'busy', 'congestion']).default('normal') })
    .nullish()
    .transform((value) => value ?? { cause: 'normal' as const }),
});

export interface MenuAction {
  menu: {
    prompt: number | number[];
    timeout: number;
    /** How many times more the question is asked after no input or a wrong key. */
    retries: number;
    keys: Record<string, Action[]>;
    /** Played after a key that leads nowhere, before the question is asked again. */
    wrong_key_prompt?: number | undefined;
    /** Played after a time-out, before the question is asked again. */
    no_input_prompt?: number | undefined;
    /** What happens when all tries ended in silence; default: the plan goes on after the menu. */
    no_input?: Action[] | undefined;
    /** What happens when the last try ended in a wrong key; default: as `no_input`. */
    wrong_key?: Action[] | undefined;
  };
}
export interface CollectAction {
  collect: {
    prompt: number;
    /** The digits are offered to later `hand_over` actions as this field. */
    save_as: string;
    max: number;
    min: number;
    timeout: number;
    retries: number;
    /** What happens when no try gave enough digits; default: the plan goes on. */
    no_input?: Action[] | undefined;
  };
}
export interface HandOverAction {
  hand_over: {
    url: string;
    /** Played while the shop takes longer than `filler_after`. */
    filler_prompt?: number | undefined;
    filler_after: number;
    /** Played when the shop failed, before the plan goes on. */
    fallback_prompt?: number | undefined;
    /** What happens when the shop failed; default: the plan goes on. */
    on_failure?: Action[] | undefined;
    /** Contract profile, see docs/hand-over.md. */
    profile: string;
  };
}
export interface HoursAction {
  /** `open` or `closed` is entered; afterwards the plan goes on after the action. */
  hours: Hours & { open?: Action[] | undefined; closed?: Action[] | undefined };
}
export interface RingAction {
  ring: {
    handset?: string | undefined;
    number?: string | undefined;
    timeout: number;
    /** Shown to a called number; default: the line's caller ID. */
    caller_id?: string | undefined;
    record?: RecordSetting | undefined;
    /** What happens when nobody answered (busy, no answer, not registered, refused); default: the plan goes on. */
    unanswered?: Action[] | undefined;
  };
}
export interface ConnectAction {
  connect: {
    /** Who of the order; `other`: whoever the caller is not. */
    party: 'driver' | 'client' | 'other';
    timeout: number;
    max_duration: number;
    record?: RecordSetting | undefined;
    busy_prompt?: number | undefined;
    no_answer_prompt?: number | undefined;
    rejected_prompt?: number | undefined;
    unreachable_prompt?: number | undefined;
    /** What happens when they could not be connected, after the prompt; default: the plan goes on. */
    unanswered?: Action[] | undefined;
  };
}
export interface OrderStatusAction {
  order_status: {
    /** What happens when the caller has no order that lives; default: the plan goes on. */
    none?: Action[] | undefined;
  };
}
export interface CallBackAction {
  call_back: {
    /** What happens once it is known whom the caller wants to reach. */
    found: Action[];
  };
}
export interface EnqueueAction {
  enqueue: {
    /** Id of the queue. */
    queue: number;
    /** Told to the shop as it is written; never to Asterisk. */
    label?: string | undefined;
    /** Default: the queue's `max_wait`. */
    timeout?: number | undefined;
    /** The key with which the caller leaves the queue. */
    exit_key?: string | undefined;
    /** Callers with more come before callers with less. */
    priority?: number | undefined;
    /** What happens when a handset has talked to the caller and hung up; default: the call ends. */
    answered?: Action[] | undefined;
    /** What happens when nobody answered in time; default of this and the others: the plan goes on. */
    timed_out?: Action[] | undefined;
    /** What happens when nobody is there to answer. */
    empty?: Action[] | undefined;
    full?: Action[] | undefined;
    /** When callers are let in; default: always. */
    hours?: Hours | undefined;
    /** What happens outside of `hours`. */
    closed?: Action[] | undefined;
    /** What happens after the exit key. */
    exited?: Action[] | undefined;
    /** What happens when somebody took the caller out of the queue. */
    rejected?: Action[] | undefined;
  };
}
/** For calls that we make; cannot be written in a plan. */
export interface DetectMachineAction {
  detect_machine: {
    /** A machine is let speak to its end first. */
    waits: boolean;
    /** What happens when a machine has answered; for people the plan goes on. */
    machine: Action[];
  };
}
export type Action =
  | z.output<typeof answer>
  | z.output<typeof play>
  | MenuAction
  | CollectAction
  | HandOverAction
  | HoursAction
  | z.output<typeof goToPart>
  | RingAction
  | ConnectAction
  | OrderStatusAction
  | CallBackAction
  | EnqueueAction
  | DetectMachineAction
  | z.output<typeof hangUp>;

export type ActionName = WrittenAction | 'detect_machine';
/** What plans can be written in. */
export type WrittenAction =
  | 'answer'
  | 'play'
  | 'menu'
  | 'collect'
  | 'hand_over'
  | 'hours'
  | 'go_to_part'
  | 'ring'
  | 'connect'
  | 'order_status'
  | 'call_back'
  | 'enqueue'
  | 'hang_up';

const actions: z.ZodType<Action[]> = z.lazy(() => z.array(action).max(200));

const menu = z.strictObject({
  menu: z.strictObject({
    prompt: prompts,
    timeout: duration.default(5000),
    retries: z.number().int().min(0).max(10).default(2),
    keys: z.record(key, actions),
    wrong_key_prompt: promptId.optional(),
    no_input_prompt: promptId.optional(),
    no_input: actions.optional(),
    wrong_key: actions.optional(),
  }),
});
const collect = z.strictObject({
  collect: z.strictObject({
    prompt: promptId,
    save_as: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and _, begun with a letter'),
    max: z.number().int().min(1).max(64).default(20),
    min: z.number().int().min(1).max(64).default(1),
    timeout: duration.default(5000),
    retries: z.number().int().min(0).max(10).default(2),
    no_input: actions.optional(),
  }),
});
const handOver = z.strictObject({
  hand_over: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    filler_prompt: promptId.optional(),
    filler_after: duration.default(3000),
    fallback_prompt: promptId.optional(),
    on_failure: actions.optional(),
    profile: z.string().default('telfa'),
  }),
});
const hours = z.strictObject({ hours: hoursSchema.extend({ open: actions.optional(), closed: actions.optional() }) });
const ring = z.strictObject({
  ring: z
    .strictObject({
      handset: z.string().optional(),
      number: z.string().optional(),
      timeout: duration.default(25_000),
      caller_id: z.string().optional(),
      record: recordSetting.optional(),
      unanswered: actions.optional(),
    })
    .refine((value) => (value.handset === undefined) !== (value.number === undefined), 'either handset or number'),
});

const party = z.enum(['driver', 'client', 'other']);
const CONNECT = { party: 'other' as const, timeout: 30_000, max_duration: 1_800_000 };
const connect = z.strictObject({
  connect: z.union([
    party.transform((party) => ({ ...CONNECT, party })),
    z.null().transform(() => CONNECT),
    z.strictObject({
      party: party.default(CONNECT.party),
      timeout: duration.default(CONNECT.timeout),
      max_duration: duration.refine((ms) => ms >= 10_000, 'at least 10 seconds').default(CONNECT.max_duration),
      record: recordSetting.optional(),
      busy_prompt: promptId.optional(),
      no_answer_prompt: promptId.optional(),
      rejected_prompt: promptId.optional(),
      unreachable_prompt: promptId.optional(),
      unanswered: actions.optional(),
    }),
  ]),
});

const orderStatus = z.strictObject({
  order_status: z.union([z.null().transform(() => ({})), z.strictObject({ none: actions.optional() })]),
});
export const callBackAction = z.strictObject({
  call_back: z.union([
    z.null().transform(() => ({ found: [{ connect: CONNECT }] })),
    z.strictObject({ found: actions.default([{ connect: CONNECT }]) }),
  ]),
});

const enqueue = z.strictObject({
  enqueue: z.strictObject({
    queue: z.number().int().positive(),
    label: z
      .string()
      .regex(/^[^\s;]{1,80}$/u, 'no spaces and no semicolon')
      .optional(),
    timeout: duration.refine((ms) => ms >= 1000, 'at least a second').optional(),
    exit_key: key.optional(),
    priority: priority.optional(),
    answered: actions.optional(),
    timed_out: actions.optional(),
    empty: actions.optional(),
    hours: hoursSchema.optional(),
    closed: actions.optional(),
    full: actions.optional(),
    exited: actions.optional(),
    rejected: actions.optional(),
  }),
});

/** Schemas by the action's name: the one list of what actions can be written. */
export const actionSchemas = {
  answer,
  play,
  menu,
  collect,
  hand_over: handOver,
  hours,
  go_to_part: goToPart,
  ring,
  connect,
  order_status: orderStatus,
  call_back: callBackAction,
  enqueue,
  hang_up: hangUp,
} satisfies Record<WrittenAction, z.ZodType>;

/** Actions that need no settings. */
const BARE: ReadonlySet<string> = new Set<ActionName>(['answer', 'hang_up', 'connect', 'order_status', 'call_back']);

/** A bare word is an action without settings: `- answer`. */
const action: z.ZodType<Action> = z.preprocess(
  (value) => (typeof value === 'string' && BARE.has(value) ? { [value]: null } : value),
  z.unknown().transform((value, context): Action => {
    const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const [name] = names;
    if (names.length !== 1 || name === undefined || !Object.hasOwn(actionSchemas, name)) {
      context.addIssue({
        code: 'custom',
        message: `one action, one of: ${Object.keys(actionSchemas).join(', ')}${name === undefined ? '' : ` (not ${names.join(', ')})`}`,
      });
      return z.NEVER;
    }
    const parsed = actionSchemas[name as WrittenAction].safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  }),
);

export const planSchema = actions;

export function actionName(step: Action): ActionName {
  return Object.keys(step)[0] as ActionName;
}

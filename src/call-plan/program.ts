import type { RecordSetting } from '../directory/schema.js';
import type { Action } from '../company/plan-schema.js';

/** What a call on one line needs to know, taken from the company's document when the call arrives and fixed for that call. */
export interface PlanProgram {
  line: {
    /** E.164. */
    number: string;
    name: string;
    /** In the order in which prompts are looked for. */
    languages: string[];
    timeZone: string;
    /** E.164, shown to numbers that are called on behalf of this line. */
    callerId: string;
    /** Heard by who is rejected. */
    rejectPrompt: number | null;
  };
  /** ISO 3166: the home country of the contract's number formats. */
  country: string;
  lines: Record<string, { plan: Action[] }>;
  parts: Record<string, Action[]>;
  /** By id. */
  queues: Record<string, QueueSettings>;
  /** Of this caller, in any queue; more comes first. */
  callerPriority: number;
  /** The order that the call is about; left out: the plan has yet to find out. */
  about?: About;
  /** Why somebody of an order is not to be had, where the plan names no prompt for it. */
  failurePrompts?: FailurePrompts;
  /** For callers with orders; left out where the plan does not ask for them. */
  orders?: OrdersProgram;
  /** Who calls back the other one of an order is connected before the plan begins. */
  callBack?: true;
  /** Contract profiles with the company's changes applied. */
  profiles: Record<string, unknown>;
}

export type ConnectFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable';
export type FailurePrompts = Record<ConnectFailure, number>;

/** An order of the dispatch, and who of it the caller (or whom we call) is. */
export interface About {
  order: string;
  role: 'client' | 'driver';
}

export interface OrdersProgram {
  /** What is said before each order that a caller may choose; empty: the words that come along. */
  choosePrompts: number[];
  /** By status, or one of the general ones: see orders/schema.ts. */
  menus: Partial<Record<string, MenuProgram>>;
}

export interface MenuProgram {
  /** Empty: the words that come along for `offers`. */
  prompts: number[];
  /** What its keys lead to, where they are the usual ones. */
  offers?: ('driver' | 'operator')[];
  timeoutMs: number;
  retries: number;
  keys: Record<string, Action[]>;
}

export interface QueueSettings {
  name: string;
  maxWaitMs: number;
  ringTimeoutMs: number;
  /** Heard on the way in. */
  joinPrompt: number | null;
  /** Callers hear that it rings; else music. */
  rings: boolean;
  record?: RecordSetting;
}

/** Where a list of actions stands: `lines/+420222333444/plan`, `parts/main-menu/0/menu/keys/9`. */
export type ListPointer = string;

export function entryOf(program: PlanProgram): ListPointer {
  return `lines/${program.line.number}/plan`;
}

/** The list of the actions that run in place of the plan for this one call. States hold the value: it must not change. */
export const OVERRIDE_PLAN: ListPointer = 'ordered';

/** The actions at a pointer; none when there is nothing there. */
export function listAt(program: PlanProgram, pointer: ListPointer, override: Action[]): Action[] {
  let here: unknown = { ...program, [OVERRIDE_PLAN]: override };
  for (const name of pointer.split('/')) here = (here as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(here) ? (here as Action[]) : [];
}

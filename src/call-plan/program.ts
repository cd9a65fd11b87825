import type { RecordSetting } from '../directory/schema.js';
import type { Action } from '../company/plan-schema.js';

/** The program of one call: compiled from the company's document when the call begins, then fixed. */
export interface PlanProgram {
  line: {
    /** E.164. */
    number: string;
    name: string;
    /** In order of preference for prompts. */
    languages: string[];
    timeZone: string;
    /** E.164: caller ID for outgoing calls of this line. */
    callerId: string;
    /** Played to rejected callers. */
    rejectPrompt: number | null;
  };
  /** ISO 3166: the home country of the contract's number formats. */
  country: string;
  lines: Record<string, { plan: Action[] }>;
  parts: Record<string, Action[]>;
  /** By id. */
  queues: Record<string, QueueSettings>;
  /** Of this caller in any queue; higher comes first. */
  callerPriority: number;
  /** The order that the call is about; left out when it is not known at the start. */
  about?: About | undefined;
  /** Default prompts for a party of an order that cannot be reached. */
  failurePrompts?: FailurePrompts;
  /** For callers with orders; left out when the line does not use orders. */
  orders?: OrdersProgram;
  /** Callers who return a masked call are connected to the other party before the plan starts. */
  callBack?: true | undefined;
  /** Dates of the public holidays that the plan's hours name, by country or region, about the time of the call. */
  publicHolidays?: Record<string, string[]>;
  /** Codes that a handset presses to transfer the call. Missing in programs that an earlier version stored: none. */
  transferCodes?: TransferCodes;
  /** Missing in programs that an earlier version stored. */
  parking?: ParkingProgram;
  /** Contract profiles with the company's changes applied. */
  profiles: Record<string, unknown>;
}

export interface ParkingProgram {
  /** How long an outside party is parked before it rings back. */
  ringBackMs: number;
  /** Where it goes when nobody answers then. */
  queue?: number | undefined;
  /** Prompts of the digits from 0, for the number of the place. */
  digits: number[];
}

/** A kind that is switched off is left out. */
export type TransferCodes = Partial<Record<TransferKind, string>>;

/** `attended`: the operator talks to the target first; `park`: the other party waits in a numbered place. */
export type TransferKind = 'blind' | 'attended' | 'park';

export type ConnectFailure = 'busy' | 'no_answer' | 'rejected' | 'unreachable';
export type FailurePrompts = Record<ConnectFailure, number>;

/** An order, and the role of the outside party in it. */
export interface About {
  order: string;
  role: 'client' | 'driver';
}

export interface OrdersProgram {
  /** Prompts before each order that a caller may choose; empty: the shipped ones. */
  choosePrompts: number[];
  /** By status, or one of the general menus: see company/orders-schema.ts. */
  menus: Partial<Record<string, MenuProgram>>;
}

export interface MenuProgram {
  /** Empty: the shipped prompts for `offers`. */
  prompts: number[];
  /** The default keys of the menu. */
  offers?: ('driver' | 'operator')[];
  timeoutMs: number;
  retries: number;
  keys: Record<string, Action[]>;
}

export interface QueueSettings {
  name: string;
  maxWaitMs: number;
  ringTimeoutMs: number;
  /** Played before the wait. */
  joinPrompt: number | null;
  /** Callers hear ringback; otherwise music. */
  rings: boolean;
  record?: RecordSetting | undefined;
}

/** Path of a list of actions in the program: `lines/+420222333444/plan`, `parts/main-menu/0/menu/keys/9`. */
export type ListPointer = string;

export function entryOf(program: PlanProgram): ListPointer {
  return `lines/${program.line.number}/plan`;
}

/** The list of actions that run in place of the plan. The value is stored in call states and must not change. */
export const OVERRIDE_PLAN: ListPointer = 'ordered';

const OVERRIDE_PREFIX = `${OVERRIDE_PLAN}/`;

/** Resolved pointers of a program. Calls of one line share a program. */
const lists = new WeakMap<PlanProgram, Map<ListPointer, Action[]>>();

/** The actions at a pointer; empty when it does not exist. */
export function listAt(program: PlanProgram, pointer: ListPointer, override: Action[]): Action[] {
  if (pointer === OVERRIDE_PLAN) return override;
  if (pointer.startsWith(OVERRIDE_PREFIX)) return resolve(override, pointer.slice(OVERRIDE_PREFIX.length));
  const ofProgram = lists.get(program) ?? new Map<ListPointer, Action[]>();
  lists.set(program, ofProgram);
  const list = ofProgram.get(pointer) ?? resolve(program, pointer);
  ofProgram.set(pointer, list);
  return list;
}

function resolve(root: unknown, path: string): Action[] {
  let here = root;
  for (const name of path.split('/')) here = (here as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(here) ? (here as Action[]) : [];
}

import type { AmiEvent, AmiFields, AmiItem } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { modulesSchema } from './ari/ari-schema.js';
import { AsteriskError } from './port.js';

/** Reads Asterisk's configuration, with the permissions that the gateway has anyway. */
export interface InspectionPort {
  /** Asterisk's version, such as `22.10.1`; empty before the first connect. */
  readonly version: string;
  /**
   * The named contexts that are missing in the dialplan. The AMI user needs the class `reporting`.
   *
   * @throws AsteriskError `refused` when the AMI user lacks the permission
   */
  missingContexts(names: readonly string[]): Promise<string[]>;
  /**
   * Statuses of the outbound registrations that name the endpoint or have its name, as Asterisk reports them (`Registered`,
   * `Rejected`, `Unregistered`). Empty when there are none. @throws AsteriskError
   */
  registrations(endpoint: string): Promise<string[]>;
  /** Missing prerequisites for ringing handsets, as messages; empty when nothing is missing. @throws AsteriskError */
  missingRingingNeeds(): Promise<string[]>;
}

type List = (fields: AmiFields) => Promise<AmiEvent[]>;
type Action = (fields: AmiFields) => Promise<AmiItem>;

const NO_CONTEXT = /did not find (context|any|dialplan)/i;
/** The list is empty, or Asterisk lacks the module. */
const NOTHING = /no outbound registrations|not found|unknown command/i;

export async function missingContexts(list: List, names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map(async (name) => ({ name, exists: await contextExists(list, name) })));
  return found.filter(({ exists }) => !exists).map(({ name }) => name);
}

async function contextExists(list: List, Context: string): Promise<boolean> {
  try {
    await list({ Action: 'ShowDialPlan', Context });
    return true;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'refused' && NO_CONTEXT.test(error.message)) return false;
    throw error;
  }
}

export async function registrationsOf(list: List, endpoint: string): Promise<string[]> {
  return (await registrationsByEndpoint(list)).get(endpoint) ?? [];
}

/** Statuses of all outbound registrations, by their endpoints and by their own names. @throws AsteriskError */
export async function registrationsByEndpoint(list: List): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const row of await outboundRegistrations(list)) {
    for (const name of new Set([textOf(row, 'endpoint'), textOf(row, 'objectname')]))
      found.set(name, [...(found.get(name) ?? []), textOf(row, 'status')]);
  }
  return found;
}

async function outboundRegistrations(list: List): Promise<AmiEvent[]> {
  try {
    return await list({ Action: 'PJSIPShowRegistrationsOutbound' });
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'refused' && NOTHING.test(error.message)) return [];
    throw error;
  }
}

/** Actions that the AMI user is permitted, in lower case: `ListCommands` names no others. @throws AsteriskError */
export async function permittedActions(action: Action): Promise<ReadonlySet<string>> {
  return new Set(Object.keys(await action({ Action: 'ListCommands' })));
}

/** Asterisk's clock minus this one (ms), not a number when AMI reports no time, and how exact that is. @throws AsteriskError */
export async function clockOffset(action: Action, now: () => number): Promise<{ offsetMs: number; exactToMs: number }> {
  const sentAt = now();
  const reply = await action({ Action: 'Ping' });
  const receivedAt = now();
  const theirs = Number(textOf(reply, 'timestamp')) * 1000;
  return { offsetMs: theirs - (sentAt + receivedAt) / 2, exactToMs: (receivedAt - sentAt) / 2 };
}

/** Names of the modules that run, such as `codec_alaw`. @param listed what ARI answers for `asterisk/modules` */
export function runningModules(listed: unknown): ReadonlySet<string> {
  const running = modulesSchema.parse(listed).filter(({ status }) => status === 'Running');
  return new Set(running.map(({ name }) => name.replace(/\.so$/, '')));
}

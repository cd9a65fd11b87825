import type { AmiEvent, AmiFields } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { AsteriskError } from './port.js';

/** What can be read of Asterisk's own configuration with the rights that the gateway has anyway. */
export interface InspectionPort {
  /** Asterisk's version, such as `22.10.1`; empty before the first connect. */
  readonly version: string;
  /**
   * Those of the named contexts that the dialplan does not have. Needs the class `reporting` of the AMI user.
   *
   * @throws AsteriskError `refused` when the AMI user may not look
   */
  missingContexts(names: readonly string[]): Promise<string[]>;
  /**
   * How the outbound registrations of an endpoint stand, in Asterisk's words (`Registered`, `Rejected`, `Unregistered`): those
   * that name the endpoint, or have its name. Empty when it registers nowhere. @throws AsteriskError
   */
  registrations(endpoint: string): Promise<string[]>;
  /** What Asterisk or the AMI user lacks for handsets to ring, in words; empty when nothing is missing. @throws AsteriskError */
  missingRingingNeeds(): Promise<string[]>;
}

type List = (fields: AmiFields) => Promise<AmiEvent[]>;

const NO_CONTEXT = /did not find (context|any|dialplan)/i;
/** A list that is empty, or that this Asterisk has no module for. */
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
  try {
    const rows = await list({ Action: 'PJSIPShowRegistrationsOutbound' });
    return rows
      .filter((row) => textOf(row, 'endpoint') === endpoint || textOf(row, 'objectname') === endpoint)
      .map((row) => textOf(row, 'status'));
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'refused' && NOTHING.test(error.message)) return [];
    throw error;
  }
}

import type { AmiFields, AmiItem } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';

interface Ami {
  action(fields: AmiFields): Promise<AmiItem>;
  receivesSecurityEvents(): Promise<boolean>;
}

/**
 * Checks Asterisk's prerequisites for ringing handsets; returns a message for each missing one. The gateway learns the addresses
 * of phones from security events and keeps them in Asterisk's database, where the dialplan reads them.
 *
 * @throws AsteriskError
 */
export async function missingRingingNeeds(ami: Ami): Promise<string[]> {
  const [receives, commands, entry] = await Promise.all([
    ami.receivesSecurityEvents(),
    // Lists only the actions that the user is permitted.
    ami.action({ Action: 'ListCommands' }),
    // 0 or 1; empty when Asterisk does not know the function.
    ami.action({ Action: 'Getvar', Variable: 'DB_EXISTS(cordboard/x)' }),
  ]);
  const missing: string[] = [];
  if (!receives) missing.push('no handset rings: AMI sends no SuccessfulAuth events (class security)');
  if (textOf(commands, 'dbput') === '') missing.push('no handset rings: AMI does not permit DBPut (class system)');
  if (textOf(entry, 'value') === '')
    missing.push('handsets with several phones, and those of queues, do not ring: Asterisk has no module func_db');
  return missing;
}

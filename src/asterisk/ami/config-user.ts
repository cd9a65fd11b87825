import { messageOf } from '../../lib/error-message.js';
import { AmiConnection } from './ami-connection.js';
import type { AmiAddress } from './ami-address.js';
import type { AmiAction } from './config-file.js';
import { type LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';

/** A connection for this job alone: the user who may write the configuration is not connected at other times. */
export async function asConfigUser(
  address: AmiAddress | undefined,
  context: LinkContext,
  job: (action: AmiAction) => Promise<void>,
): Promise<void> {
  if (address === undefined)
    throw new AsteriskError('refused', 'without AMI_CONFIG_PASSWORD the queues cannot be written');
  const connection = new AmiConnection(address, context);
  try {
    await connection.open('off', new AbortController().signal).catch((error: unknown) => {
      throw new AsteriskError('unavailable', `AMI as ${address.user}: ${messageOf(error)}`);
    });
    await job((fields) => connection.action(fields));
  } finally {
    connection.close();
  }
}

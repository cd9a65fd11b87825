import { messageOf } from '../../lib/error-message.js';
import { AmiConnection } from './ami-connection.js';
import type { AmiAddress } from './ami-address.js';
import type { AmiAction } from './config-file.js';
import { permitted, type LinkContext } from '../link.js';
import { AsteriskError } from '../port.js';

/** Runs the job on its own connection: the user that may write the configuration is connected only meanwhile. */
export async function withConfigUser(
  address: AmiAddress | undefined,
  context: LinkContext,
  job: (action: AmiAction) => Promise<void>,
): Promise<void> {
  if (address === undefined) throw new AsteriskError('refused', 'queues cannot be written without AMI_CONFIG_PASSWORD');
  const connection = new AmiConnection(address, context);
  try {
    await connection.open('off', new AbortController().signal).catch((error: unknown) => {
      throw new AsteriskError('unavailable', `AMI as ${address.user}: ${messageOf(error)}`);
    });
    await job(async (fields) => {
      await permitted(context);
      return connection.action(fields);
    });
  } finally {
    connection.close();
  }
}

import type { AmiEvent, AmiFields } from './ami/ami-connection.js';
import { textOf } from './ami/ami-connection.js';
import { AsteriskError } from './port.js';

/** AMI's error message for a channel that is gone. */
const NO_SUCH_CHANNEL = 'No such channel';

interface LeaseLink {
  action(fields: AmiFields): Promise<unknown>;
  list(fields: AmiFields): Promise<AmiEvent[]>;
}

/**
 * Sets the absolute timeout of a channel in our application. Checks the channel's application first: after a freeze, Asterisk may
 * have sent the call to the dialplan's fallback, where a lease would cut it off. The check also keeps renewals from
 * queueing in the socket while Asterisk does not respond.
 *
 * @throws AsteriskError `gone` when the channel has ended or has left the application
 */
export async function renewLease(link: LeaseLink, app: string, channelId: string, seconds: number): Promise<void> {
  try {
    const [channel] = await link.list({ Action: 'Status', Channel: channelId });
    if (channel === undefined || !isInApplication(channel, app))
      throw new AsteriskError('gone', `channel ${channelId} has left the application`);
    await link.action({ Action: 'AbsoluteTimeout', Channel: channelId, Timeout: seconds });
  } catch (error) {
    const hasEnded = error instanceof AsteriskError && error.message.endsWith(NO_SUCH_CHANNEL);
    throw hasEnded ? new AsteriskError('gone', error.message) : error;
  }
}

function isInApplication(channel: AmiEvent, app: string): boolean {
  return textOf(channel, 'application') === 'Stasis' && textOf(channel, 'data').split(',')[0] === app;
}

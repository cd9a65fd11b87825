import type { AsteriskNames } from '../names.js';
import { RESUMED } from '../queue-port.js';
import type { CallerLinks } from './caller-links.js';

/** Retries: a call that was just sent into a queue may still be in our application for a moment. */
const MAX_ATTEMPTS = 20;
const RETRY_MS = 50;

/**
 * Takes a caller out of the dialplan's queue context. `QueueWithdrawCaller` would wait up to a second for app_queue's next check
 * of this caller; a redirect takes effect immediately, also during a talk.
 */
export async function withdraw(
  { channelId, visitId }: { channelId: string; visitId: string },
  links: CallerLinks,
  names: AsteriskNames,
): Promise<void> {
  for (let looks = 0; looks < MAX_ATTEMPTS; looks += 1) {
    const channel = await links.findChannel(channelId);
    if (channel === undefined) return;
    const { app_name: app, app_data: data, context } = channel.dialplan;
    if (app !== 'Stasis') {
      if (names.isQueueContext(context))
        await links.action({
          Action: 'Redirect',
          Channel: channel.name,
          Context: context,
          Exten: 'withdraw',
          Priority: '1',
        });
      return;
    }
    const [, why, visit] = data.split(',');
    if (why === RESUMED && visit === visitId) return;
    await links.wait(RETRY_MS);
  }
}

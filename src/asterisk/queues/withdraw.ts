import type { z } from 'zod';
import { isQueueContext } from '../contexts.js';
import type { channelSchema } from '../ari/ari-schema.js';
import { RESUMED } from '../queue-port.js';

/** A call that was just sent into a queue may still be ours for a moment. */
const LOOKS = 20;
const BETWEEN_LOOKS_MS = 50;

interface WithdrawLinks {
  /** Undefined: gone. */
  look: (channelId: string) => Promise<z.output<typeof channelSchema> | undefined>;
  /** By the channel's name, within the context that it is in. */
  redirect: (channel: string, context: string) => Promise<void>;
  wait: (ms: number) => Promise<void>;
}

/**
 * Takes a caller out of the dialplan's context of queues. `QueueWithdrawCaller` would wait until app_queue next looks at
 * this caller, up to a second; a redirect breaks off at once whatever goes on there, a talk included.
 */
export async function withdraw(
  { channelId, visitId }: { channelId: string; visitId: string },
  { look, redirect, wait }: WithdrawLinks,
): Promise<void> {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const channel = await look(channelId);
    if (channel === undefined) return;
    const { app_name: app, app_data: data, context } = channel.dialplan;
    if (app !== 'Stasis') {
      if (isQueueContext(context)) await redirect(channel.name, context);
      return;
    }
    const [, why, visit] = data.split(',');
    if (why === RESUMED && visit === visitId) return;
    await wait(BETWEEN_LOOKS_MS);
  }
}

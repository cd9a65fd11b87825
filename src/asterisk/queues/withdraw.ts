import type { z } from 'zod';
import { isQueueContext } from '../contexts.js';
import type { channelSchema } from '../ari/ari-schema.js';
import { RESUMED } from '../queue-port.js';

/** Retries: a call that was just sent into a queue may still be in our application for a moment. */
const MAX_ATTEMPTS = 20;
const RETRY_MS = 50;

interface WithdrawLinks {
  /** Undefined: gone. */
  findChannel: (channelId: string) => Promise<z.output<typeof channelSchema> | undefined>;
  /** Redirects a channel by name, within its present context. */
  redirect: (channel: string, context: string) => Promise<void>;
  wait: (ms: number) => Promise<void>;
}

/**
 * Takes a caller out of the dialplan's queue context. `QueueWithdrawCaller` would wait up to a second for app_queue's next check
 * of this caller; a redirect takes effect immediately, also during a talk.
 */
export async function withdraw(
  { channelId, visitId }: { channelId: string; visitId: string },
  { findChannel: look, redirect, wait }: WithdrawLinks,
): Promise<void> {
  for (let looks = 0; looks < MAX_ATTEMPTS; looks += 1) {
    const channel = await look(channelId);
    if (channel === undefined) return;
    const { app_name: app, app_data: data, context } = channel.dialplan;
    if (app !== 'Stasis') {
      if (isQueueContext(context)) await redirect(channel.name, context);
      return;
    }
    const [, why, visit] = data.split(',');
    if (why === RESUMED && visit === visitId) return;
    await wait(RETRY_MS);
  }
}

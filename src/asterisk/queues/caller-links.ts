import type { z } from 'zod';
import type { Clock } from '../../lib/clock.js';
import type { AmiFields } from '../ami/ami-connection.js';
import { ariPath, type AriRequest } from '../ari/ari-request.js';
import { channelSchema } from '../ari/ari-schema.js';
import { ignoringGone } from '../ignored-errors.js';

/** What is needed of Asterisk to take callers out of its queues. */
export interface CallerLinks {
  /** Undefined: gone. */
  findChannel(channelId: string): Promise<z.output<typeof channelSchema> | undefined>;
  action(fields: AmiFields): Promise<unknown>;
  wait(ms: number): Promise<void>;
}

export function callerLinks(links: {
  request: (request: AriRequest) => Promise<unknown>;
  action: (fields: AmiFields) => Promise<unknown>;
  clock: () => Clock;
}): CallerLinks {
  return {
    async findChannel(channelId) {
      const found = await ignoringGone(links.request({ method: 'GET', path: ariPath('channels', channelId) }));
      return found === undefined ? undefined : channelSchema.parse(found);
    },
    action: links.action,
    wait: (ms) => new Promise((resolve) => links.clock().wakeAt(links.clock().now() + ms, resolve)),
  };
}

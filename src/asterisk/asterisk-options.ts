import type { Clock } from '../lib/clock.js';
import type { AmiAddress } from './ami/ami-address.js';
import type { AriAddress } from './ari/ari-socket.js';
import type { LinkLog, LinkTiming } from './link.js';
import type { Owner } from './ownership.js';

export interface AsteriskOptions {
  /** The installation that is to have Asterisk for itself. Default: nothing is looked at, and nothing said of it. */
  owner?: Owner;
  ari: AriAddress;
  ami: AmiAddress;
  /** A user with the class `config`, who writes the queues; without one they cannot be changed. */
  amiConfig?: AmiAddress | undefined;
  log: LinkLog;
  clock?: Clock;
  /** In [0, 1), as `Math.random`, which it is by default. */
  random?: () => number;
  timing?: Partial<LinkTiming>;
  /** When the Asterisk of the last connection had started, so that a restart is noticed that happened while we were away. */
  lastStart?: { known: string; changed: (startedAt: string) => void };
}

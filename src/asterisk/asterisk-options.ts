import type { Clock } from '../lib/clock.js';
import type { AmiAddress } from './ami/ami-address.js';
import type { AriAddress } from './ari/ari-socket.js';
import type { AsteriskNames } from './names.js';
import type { LinkContext, LinkLog, LinkTiming } from './link.js';
import type { Owner } from './ownership.js';
import type { canHandOverTransfers } from './phone-transfers.js';

export interface AsteriskOptions {
  /** Default: the names of the application, without telephones of the company's own. */
  names?: AsteriskNames;
  /** The installation that owns Asterisk. Default: ownership is neither checked nor published. */
  owner?: Owner;
  /** As of {@link LinkContext}. */
  permit?: LinkContext['permit'];
  ari: AriAddress;
  ami: AmiAddress;
  /** AMI user with the class `config`, needed to write queues and music. */
  amiConfig?: AmiAddress | undefined;
  log: LinkLog;
  clock?: Clock;
  /** In [0, 1); by default `Math.random`. */
  random?: () => number;
  timing?: Partial<LinkTiming>;
  /** Whether this version of Asterisk can hand over transfers by phones. For tests; default: {@link canHandOverTransfers}. */
  canHandOver?: typeof canHandOverTransfers | undefined;
  /** Start time of the last connected Asterisk, to detect restarts while the gateway was down. */
  lastStart?: { known: string; changed: (startedAt: string) => void };
}

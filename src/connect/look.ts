import type { AmiAddress } from '../asterisk/ami/ami-address.js';
import { AmiConnection } from '../asterisk/ami/ami-connection.js';
import { withConfigUser } from '../asterisk/ami/config-user.js';
import { AriHttp } from '../asterisk/ari/ari-http.js';
import type { AriAddress } from '../asterisk/ari/ari-socket.js';
import { DEFAULT_TIMING, type LinkContext } from '../asterisk/link.js';
import type { AsteriskNames } from '../asterisk/names.js';
import { SecurityEvents } from '../asterisk/security-events.js';
import { systemClock } from '../lib/clock.js';
import { isLoopback } from '../lib/loopback.js';
import { FolderFiles } from './asterisk-file.js';
import { inspectAsterisk, type InspectionLinks } from './inspect.js';
import type { Finding } from './sheet.js';

/** An Asterisk that may not be joined yet. */
export interface LookedAt {
  ari: AriAddress;
  ami: AmiAddress;
  /** Undefined: the user that writes queues has no password. */
  amiConfig: AmiAddress | undefined;
  names: AsteriskNames;
  trunk: string;
  /** Folder of its configuration; undefined: on another machine, or not readable. */
  etc: string | undefined;
}

/** Log-ins of an inspection are not for the log. */
export function quietContext(): LinkContext {
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent };
  return { clock: systemClock, random: Math.random, timing: DEFAULT_TIMING, log };
}

/** Logs in to an Asterisk, looks at everything that the gateway needs, and logs out. Never rejects: what cannot be looked at is a row too. */
export async function lookAtAsterisk({ ari, ami, amiConfig, names, trunk, etc }: LookedAt): Promise<Finding[]> {
  const context = quietContext();
  const http = new AriHttp(ari, DEFAULT_TIMING.requestMs);
  const connection = new AmiConnection(ami, context);
  const security = new SecurityEvents(ami, context);
  const opened = connection.open('security', new AbortController().signal);
  connection.onEvent((event) => security.onEvent(event));
  const whenOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    await opened;
    return work();
  };
  const links: InspectionLinks = {
    ari: (request) => http.send(request),
    ami: {
      action: (fields) => whenOpen(() => connection.action(fields)),
      list: (fields) => whenOpen(() => connection.list(fields)),
      receivesSecurityEvents: () => whenOpen(() => security.areReceived()),
    },
    configUser:
      amiConfig &&
      (async (fields) => {
        let answer = {};
        await withConfigUser(amiConfig, context, async (action) => void (answer = await action(fields)));
        return answer;
      }),
  };
  try {
    return await inspectAsterisk({
      links,
      files: etc === undefined ? undefined : new FolderFiles(etc),
      names,
      trunk,
      isLocal: isLoopback(new URL(ari.url).hostname),
      now: () => Date.now(),
    });
  } finally {
    security.stop();
    connection.close();
    await opened.catch(() => undefined);
    await http.close();
  }
}

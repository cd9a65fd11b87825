import { hostname } from 'node:os';
import { checkPorts } from '../http/port-check.js';
import { StandbyServer } from '../http/standby-server.js';
import type { Config } from '../config.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { LeaseRow } from '../storage/node-lease/lease.js';
import { leaseIfAny } from '../storage/node-lease/lease-rows.js';
import { NodeLease } from '../storage/node-lease/node-lease.js';
import { openDataFolder } from './data-folder.js';

/** The database of the gateway that owns the node. */
export interface OwnedNode {
  db: Database;
  lease: NodeLease;
}

interface TakeOptions {
  logger: Logger;
  /** Ends the wait; {@link takeNode} rejects. */
  signal: AbortSignal;
  onLost: (owner: string) => void;
}

/** Another gateway on this machine has this one's address, and therefore its name. */
const nameOf = ({ http }: Config) => `${hostname()}:${http.port}`;

/**
 * Opens the data folder and waits until this gateway owns the node: no other gateway on the same database runs the calls. Asks the
 * owner for what it is asked meanwhile. The tables are migrated by the owner only, because an older gateway may still use them.
 */
export async function takeNode(config: Config, { logger, signal, onLost }: TakeOptions): Promise<OwnedNode> {
  const db = await openDataFolder(config);
  const lease = new NodeLease({ db, name: nameOf(config), onLost });
  try {
    // First of all: a second gateway that was started by mistake must not send or receive anything.
    await checkPorts([config.http, config.tls?.https]);
    if ((await leaseIfAny(db)) === undefined) await db.migrate();
    await takeLease(lease, config, logger, signal);
    await db.migrate();
    await lease.announce(config.http.peerUrl);
    return { db, lease };
  } catch (error) {
    await leaveNode({ db, lease }).catch(() => undefined);
    throw error;
  }
}

/** A standby takes over at once. Must be the last use of the database. */
export async function leaveNode({ db, lease }: OwnedNode): Promise<void> {
  try {
    await lease.release();
  } finally {
    await db.destroy();
  }
}

async function takeLease(lease: NodeLease, { http }: Config, logger: Logger, signal: AbortSignal): Promise<void> {
  const standby = new StandbyServer();
  let began: Promise<unknown> | undefined;
  const onWait = ({ owner, url, peer_key: key }: LeaseRow) => {
    standby.owner = { name: owner ?? '', door: url == null || key == null ? undefined : { url, key } };
    if (began !== undefined) return;
    logger.info({ owner }, 'another gateway owns the node: this one is a standby');
    began = standby.start(http);
    began.catch((error: unknown) => logger.error({ err: error }, 'the standby cannot answer requests'));
  };
  try {
    await lease.take({ signal, onWait });
    if (began !== undefined) logger.info('this gateway takes over the node');
  } finally {
    await began?.catch(() => undefined);
    await standby.stop();
  }
}

import { hostname } from 'node:os';
import { readCompany } from '../company/store/company-store.js';
import { ConfigStore } from '../company/store/config-store.js';
import { checkPorts } from '../http/port-check.js';
import { StandbyServer } from '../http/standby-server.js';
import type { Config } from '../config.js';
import type { Logger } from '../lib/logger.js';
import type { Database } from '../storage/database.js';
import type { LeaseRow } from '../storage/node-lease/lease.js';
import { runningOwnerOf } from '../storage/node-lease/lease-owner.js';
import {
  COMPANY_LEASE,
  leasesIfAny,
  NOTIFICATIONS_LEASE,
  readLeasesOfOthers,
} from '../storage/node-lease/lease-rows.js';
import { NodeLease } from '../storage/node-lease/node-lease.js';
import { openDataFolder } from './data-folder.js';

/** The database of the gateway that owns the node. */
export interface OwnedNode {
  db: Database;
  lease: NodeLease;
  /** For what one gateway does for all nodes; undefined: there are no others. */
  company: NodeLease | undefined;
  /** For the calls of notifications of all nodes, in the same way. */
  notifications: NodeLease | undefined;
  /** Runs only on a port of its own. */
  standby: StandbyServer;
}

interface TakeOptions {
  logger: Logger;
  /** Ends the wait; {@link takeNode} rejects. */
  signal: AbortSignal;
  onLost: (owner: string) => void;
  /** Another gateway does what one does for all nodes; this one still owns its node. */
  onCompanyLost: (owner: string) => void;
}

/** A gateway keeps the port of its name as long as it runs, so no other one on this machine has the name. */
const nameOf = ({ http, standbyPort }: Config) =>
  `${hostname()}:${http.port}${standbyPort === undefined ? '' : ` (standby at ${standbyPort})`}`;

/**
 * Opens the data folder and waits until this gateway owns the node: no other gateway on the same database runs the calls. Asks the
 * owner for what it is asked meanwhile. What could fail is done before the wait, while an owner may run: the tables are migrated, unless an
 * older owner could not go on with them, and the company document is read.
 */
export async function takeNode(config: Config, options: TakeOptions): Promise<OwnedNode> {
  const db = await openDataFolder(config);
  const lease = new NodeLease({ db, node: config.node, name: nameOf(config), onLost: options.onLost });
  // Several nodes need PostgreSQL.
  const shared = (node: string) =>
    config.databaseUrl === undefined
      ? undefined
      : new NodeLease({ db, node, name: `${nameOf(config)} (${config.node})`, onLost: options.onCompanyLost });
  const [company, notifications] = [shared(COMPANY_LEASE), shared(NOTIFICATIONS_LEASE)];
  const standby = new StandbyServer();
  try {
    // First of all: a second gateway that was started by mistake must not send or receive anything.
    if (config.standbyPort === undefined) await checkPorts([config.http, config.tls?.https]);
    else await standby.start({ host: config.http.host, port: config.standbyPort });
    const leases = await leasesIfAny(db);
    if (leases.length === 0) await db.migrate();
    else if (isOwned(leases) && (await db.migrate({ beside: true }))) await readCompany(new ConfigStore(db));
    await takeLease(lease, standby, config, options);
    await migrateAsOwner(db, config.node);
    await lease.announce(config.http.peerUrl);
    return { db, lease, company, notifications, standby };
  } catch (error) {
    await leaveNode({ db, lease, company, notifications, standby }).catch(() => undefined);
    throw error;
  }
}

const isOwned = (leases: LeaseRow[]) => leases.some(({ owner }) => owner !== null);

/** The owner of the node may have been another version; those of other nodes run on. @throws {OtherNodesRun} */
async function migrateAsOwner(db: Database, node: string): Promise<void> {
  const others = await readLeasesOfOthers(db, node);
  if (await db.migrate({ beside: isOwned(others) })) return;
  for (const other of others) {
    const owner = await runningOwnerOf(other.node, db);
    if (owner !== undefined) throw new OtherNodesRun(owner, other.node);
  }
  await db.migrate();
}

/** This version changes the tables so that the gateways of other nodes, of an earlier version, could not go on. */
export class OtherNodesRun extends Error {
  override readonly name = 'OtherNodesRun';

  constructor(owner: string, node: string) {
    super(
      `This version changes the database so that the gateway ${owner} of the node ${node}, an earlier version, could not go on. Stop the gateways of all nodes, then start this version on each.`,
    );
  }
}

/** A standby takes over at once. Must be the last use of the database. */
export async function leaveNode({ db, lease, company, notifications, standby }: OwnedNode): Promise<void> {
  try {
    await notifications?.release();
    await company?.release();
    await lease.release();
  } finally {
    await standby.stop();
    await db.destroy();
  }
}

/** Without a port of its own the standby answers at that of the gateway, which is free while it waits. */
async function takeLease(
  lease: NodeLease,
  standby: StandbyServer,
  { http, standbyPort }: Config,
  { logger, signal }: TakeOptions,
): Promise<void> {
  let began: Promise<unknown> | undefined;
  const onWait = ({ owner, url, peer_key: key }: LeaseRow) => {
    standby.standing = 'standby';
    standby.owner = { name: owner ?? '', door: url == null || key == null ? undefined : { url, key } };
    if (began !== undefined) return;
    logger.info({ owner }, 'another gateway owns the node: this one is a standby');
    began = standbyPort === undefined ? standby.start(http) : Promise.resolve();
    began.catch((error: unknown) => logger.error({ err: error }, 'the standby cannot answer requests'));
  };
  try {
    await lease.take({ signal, onWait });
    // It may still fail: see gateway.ts.
    standby.standing = 'starting';
    if (began !== undefined) logger.info('this gateway takes over the node');
  } finally {
    await began?.catch(() => undefined);
    if (standbyPort === undefined) await standby.stop();
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { FlowChange } from '../../src/kernel/store.js';
import { openDatabase, openUnmigrated, type Database } from '../../src/storage/database.js';
import { claimLease, readLease } from '../../src/storage/node-lease/lease-rows.js';
import { NodeLease } from '../../src/storage/node-lease/node-lease.js';

/** Several gateways on one database, which each test has new. */
export function leaseHarness() {
  let dir = '';
  const opened: Database[] = [];
  const leases: NodeLease[] = [];
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-lease-'));
  });
  afterEach(async () => {
    await Promise.all(leases.splice(0).map((lease) => lease.release().catch(() => undefined)));
    await Promise.all(opened.splice(0).map((db) => db.destroy()));
    await rm(dir, { recursive: true });
  });
  const keep = (db: Database): Database => {
    opened.push(db);
    return db;
  };
  const file = () => path.join(dir, 'test.db');
  return {
    open: async (options: Parameters<typeof openDatabase>[1] = {}) => keep(await openDatabase(file(), options)),
    /** With the tables as they are. */
    openUnmigrated: () => keep(openUnmigrated(file())),
    leaseOf: (db: Database, name: string) => {
      const lost: string[] = [];
      const lease = new NodeLease({ db, name, onLost: (owner) => lost.push(owner) });
      leases.push(lease);
      const waited: string[] = [];
      const take = (signal = new AbortController().signal) =>
        lease.take({ signal, onWait: ({ owner }) => waited.push(owner ?? '') });
      return { lease, lost, waited, take };
    },
  };
}

export function step(flowId: string, state: Record<string, number>, seq = 0): FlowChange {
  const summary = { line: '', caller: '', direction: 'incoming', startedAt: 1, answeredAt: null } as const;
  const rest = { endedAt: null, endedBy: null, at: 'menu' };
  const program = { hash: 'h', body: {} };
  return {
    flowId,
    at: 5,
    step: { kind: 'toy', startedAt: 1, program, state, summary: { ...summary, ...rest }, pending: [], over: false },
    log: [{ seq, at: 5, kind: 'step', data: state }],
  };
}

/** As another gateway that saw the owner silent. */
export async function steal(db: Database, name: string): Promise<void> {
  expect(await claimLease(db, await readLease(db), name)).toBe(true);
}

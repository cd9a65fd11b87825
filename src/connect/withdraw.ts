import { setTimeout as delay } from 'node:timers/promises';
import { Asterisk } from '../asterisk/asterisk.js';
import type { AsteriskOptions } from '../asterisk/asterisk-options.js';
import { variableOf } from '../asterisk/ownership.js';

const CONNECTED_WITHIN_MS = 10_000;
const POLL_MS = 100;

/**
 * Removes from a running Asterisk what the gateway has made there: SIP accounts, trunks, banned addresses, queues and their members, music,
 * states of phones' keys, and its entries in Asterisk's database. The gateway must be stopped. @throws AsteriskError, Error without a connection
 */
export async function withdrawFromAsterisk(options: AsteriskOptions): Promise<void> {
  const asterisk = new Asterisk(options);
  asterisk.start();
  try {
    await connected(asterisk);
    await removeAll(asterisk);
  } finally {
    await asterisk.stop();
  }
}

async function connected(asterisk: Asterisk): Promise<void> {
  const until = Date.now() + CONNECTED_WITHIN_MS;
  while (!asterisk.usable) {
    await delay(POLL_MS);
    const { ari, ami } = asterisk.linkErrors;
    if (Date.now() > until) throw new Error(`Asterisk cannot be reached: ${[ari, ami].filter(Boolean).join('; ')}`);
  }
}

async function removeAll(asterisk: Asterisk): Promise<void> {
  const { app, families } = asterisk.names;
  for (const name of await asterisk.listHandsets()) await asterisk.removeHandset(name);
  for (const name of await asterisk.trunks.list()) await asterisk.trunks.remove(name);
  // An Asterisk that does not let bans be stored has none.
  await asterisk.addresses.putBans([]).catch(() => undefined);
  // Members are stored apart from the queue.
  for (const { id, members } of await asterisk.listQueues())
    for (const { handset } of members) await asterisk.removeMember(id, handset);
  await asterisk.putQueues([]);
  await asterisk.putMusic([]);
  await asterisk.putPresence([]);
  for (const Family of Object.values(families))
    await asterisk.amiAction({ Action: 'DBDelTree', Family }).catch(() => undefined);
  await asterisk.amiAction({ Action: 'Setvar', Variable: variableOf(app), Value: '' });
}

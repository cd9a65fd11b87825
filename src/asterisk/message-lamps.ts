import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import { ignoringGone } from './ignored-errors.js';
import { runningModules } from './inspection.js';
import type { AsteriskNames } from './names.js';
import { AsteriskError } from './port.js';

interface LampLinks {
  names: () => AsteriskNames;
  request: (request: AriRequest) => Promise<unknown>;
}

const MODULES = ['app_minivm', 'res_pjsip_mwi', 'res_pjsip_mwi_body_generator'];
/** How long the modules that were found are taken for granted (ms). */
const CHECKED_FOR_MS = 10_000;
const HANDSET = /^[A-Za-z0-9._-]{1,64}$/;
/** The dialplan takes four digits. */
const MOST = 9999;
const POLL_MS = 20;
/** Longest wait for the dialplan (ms). */
const WITHIN_MS = 5000;

/**
 * Sets the lamps of phones for new messages. Debian's Asterisk has no resource for mailboxes in ARI (it excludes app_voicemail), so a
 * call into the dialplan sets their state, which Asterisk passes on to phones when it changes and when they register.
 */
export function messageLamps({ names, request }: LampLinks): (handset: string, count: number) => Promise<void> {
  let checkedAt = -Infinity;

  const checkModules = async () => {
    if (Date.now() - checkedAt < CHECKED_FOR_MS) return;
    const running = runningModules(await request({ method: 'GET', path: 'asterisk/modules' }));
    const missing = MODULES.filter((name) => !running.has(name));
    if (missing.length > 0)
      throw new AsteriskError('refused', `Asterisk has not loaded ${missing.join(', ')}: add them to modules.conf`);
    checkedAt = Date.now();
  };

  /** Two changes must not overtake each other. */
  const hasEnded = async (channelId: string) => {
    const path = ariPath('channels', channelId);
    for (let waited = 0; waited < WITHIN_MS; waited += POLL_MS) {
      if ((await ignoringGone(request({ method: 'GET', path }))) === undefined) return;
      await delay(POLL_MS);
    }
    throw new AsteriskError('unavailable', 'the dialplan did not set the lamp in time');
  };

  return async (handset, count) => {
    checkLampHandset(handset);
    await checkModules();
    const { app, contexts } = names();
    const extension = String(Math.min(count, MOST)).padStart(4, '0') + handset;
    const channelId = `${app}-lamp-${randomUUID()}`;
    const context = contexts.messageLamp;
    const query = { endpoint: `Local/${extension}@${context}/n`, context, extension, channelId };
    await request({ method: 'POST', path: 'channels', query });
    await hasEnded(channelId);
  };
}

/** @throws AsteriskError `refused` for a name that the dialplan could misread */
export function checkLampHandset(handset: string): void {
  if (!HANDSET.test(handset)) throw new AsteriskError('refused', `${JSON.stringify(handset)} is no name of a handset`);
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Asterisk } from '../../../src/asterisk/asterisk.js';
import type { HandsetAccount } from '../../../src/asterisk/port.js';
import type { AsteriskOptions } from '../../../src/asterisk/asterisk-options.js';
import { startAsterisk } from '../../support/asterisk.js';
import type { TestAsterisk } from '../../support/asterisk.js';
import { freePort } from '../../support/ports.js';
import { busy, decline, Phone, pickUp, ringForEver } from '../../support/sip/caller.js';
import type { IncomingBehaviour, PhoneCall } from '../../support/sip/phone.js';
import { Changes } from '../../support/sip/until.js';
import { mix, toneWav } from '../../support/tones.js';
import { Cuttable } from './cuttable.js';
import type { ConformanceHarness } from './harness.js';

const LINE = '+420222333444';
const WAIT_MS = 15_000;
/** Longer than the adapter waits for AMI to confirm an ARI request. */
const SETTLE_MS = 400;
const STATE_POLL_MS = 50;
/** Asterisk writes its database to disk once a second; a crash loses unwritten changes. */
const ASTDB_FLUSH_MS = 1500;

/** The far end of the trunk, by dialled number. */
const BEHAVIOURS: Record<string, IncomingBehaviour> = {
  '1': pickUp,
  '2': busy,
  '3': decline,
  '4': ringForEver,
  '5': { do: 'answer', says: mix([400], 6000) },
  '6': { do: 'reject', status: 403 },
  '7': { do: 'reject', status: 404 },
  '8': { do: 'progress' },
};

const DIALPLAN = `
[conformance]
exten => s,1,Wait(5)
 same => n,Hangup()
`;

export interface RealHarness extends ConformanceHarness {
  asterisk: TestAsterisk;
  phone: Phone;
  callOf(from: string): PhoneCall;
}

export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Options for a link to that Asterisk, past the relays when given their ports. */
export function linkOptions(
  asterisk: TestAsterisk,
  { ari = asterisk.ariPort, ami = asterisk.amiPort } = {},
): AsteriskOptions {
  return {
    ari: {
      url: `http://127.0.0.1:${ari}`,
      user: asterisk.ariUser,
      password: asterisk.ariPassword,
      app: asterisk.app,
    },
    ami: { host: '127.0.0.1', port: ami, user: asterisk.amiUser, password: asterisk.amiPassword },
    amiConfig: {
      host: '127.0.0.1',
      port: asterisk.amiPort,
      user: 'cordboard-config',
      password: asterisk.amiConfigPassword,
    },
    log: quiet,
  };
}

/** The conformance suite's harness around a real Asterisk, with SIP phones and relays that can be cut. */
export async function makeRealHarness(): Promise<RealHarness> {
  const soundsDir = await mkdtemp(join(tmpdir(), 'conformance-sounds-'));
  await writeFile(join(soundsDir, 'short.wav'), toneWav(1, 'cs', 400));
  await writeFile(join(soundsDir, 'long.wav'), toneWav(2, 'cs', 10_000));
  const phonePort = await freePort();
  const asterisk = await startAsterisk({
    trunkContact: `sip:127.0.0.1:${phonePort}`,
    extraDialplan: DIALPLAN,
    soundsDir,
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phone = await new Phone({
    server,
    user: 'trunk-far-end',
    port: phonePort,
    incoming: (invite) => BEHAVIOURS[/sip:(\d+)@/.exec(invite.uri)?.[1] ?? ''] ?? busy,
  }).start();
  const [ari, ami] = [new Cuttable(asterisk.ariPort), new Cuttable(asterisk.amiPort)];
  const port = new Asterisk(linkOptions(asterisk, { ari: await ari.open(), ami: await ami.open() }));
  const rival = new Asterisk(linkOptions(asterisk));

  const changes = new Changes();
  // The waiting test code reads logs that are listeners too: they must run first.
  port.onEvent(() => queueMicrotask(() => changes.notify()));
  port.start();

  const callers = new Map<string, PhoneCall>();
  const registered: Phone[] = [];
  const state = async (name: string, wanted: string) => {
    for (let left = WAIT_MS; (await port.endpointState(name)) !== wanted; left -= STATE_POLL_MS) {
      if (left <= 0) throw new Error(`${name} did not become ${wanted}`);
      await delay(STATE_POLL_MS);
    }
  };
  const staff = async ({ name, password }: HandsetAccount, incoming: IncomingBehaviour) => {
    const handset = await new Phone({ server, user: name, password, incoming }).start();
    registered.push(handset);
    await handset.register();
    await state(name, 'online');
    return {
      press: async (_channelId: string, keys: string) => {
        await handset.invites.at(-1)?.press(keys, { by: 'rfc4733' });
      },
      hangUp: async () => {
        await handset.invites.at(-1)?.hangUp();
      },
      unregister: async () => {
        await handset.register(0);
        const others = (await port.listContacts()).some((contact) => contact.handset === name);
        await state(name, others ? 'online' : 'offline');
      },
    };
  };
  return {
    asterisk,
    phone,
    port,
    media: { short: 'sound:cordboard/short', long: 'sound:cordboard/long', missing: 'sound:cordboard/missing' },
    callees: {
      answers: 'PJSIP/1@trunk',
      machine: 'PJSIP/5@trunk',
      busy: 'PJSIP/2@trunk',
      declines: 'PJSIP/3@trunk',
      ignores: 'PJSIP/4@trunk',
      refusedByProvider: 'PJSIP/6@trunk',
      noSuchNumber: 'PJSIP/7@trunk',
      announces: 'PJSIP/8@trunk',
    },
    place: { context: 'conformance', extension: 's', priority: 1 },
    line: LINE,
    callOf: (from) => {
      const call = callers.get(from);
      if (call === undefined) throw new Error(`no call from ${from}`);
      return call;
    },
    incomingCall: async (from) => {
      const call = await phone.dial(LINE, { from });
      callers.set(from, call);
      return {
        press: (keys) => call.press(keys),
        hangUp: async () => {
          await call.hangUp();
        },
      };
    },
    calleeHangsUp: async () => {
      await phone.invites.at(-1)?.hangUp();
    },
    register: async (account) => (await staff(account, ringForEver)).unregister,
    staff: (account, does) => staff(account, { answers: pickUp, ignores: ringForEver, refuses: busy }[does]),
    dropLink: async () => {
      ari.cut();
      ami.cut();
      await changes.until(
        () => (port.usable ? undefined : true),
        WAIT_MS,
        () => 'the link did not break',
      );
    },
    restoreLink: () => {
      ari.mend();
      ami.mend();
      return Promise.resolve();
    },
    restartAsterisk: async () => {
      await delay(ASTDB_FLUSH_MS);
      await asterisk.restart();
    },
    takeOver: () => {
      rival.start();
      return Promise.resolve();
    },
    until: (look, complaint) => changes.until(look, WAIT_MS, complaint),
    settle: () => delay(SETTLE_MS),
    close: async () => {
      await Promise.all([port.stop(), rival.stop()]);
      await Promise.all([phone, ...registered].map((one) => one.stop()));
      await Promise.all([ari.close(), ami.close()]);
      await asterisk.stop();
      await rm(soundsDir, { recursive: true, force: true });
    },
  };
}

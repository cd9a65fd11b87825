import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { HomeNetwork } from '../support/home-network.js';
import { freePort } from '../support/ports.js';
import { startTurnServer, type StopTurnServer } from '../support/turn-server.js';
import { CHROMIUM } from './browser-harness.js';
import { hearsOperator, PhoneHarness, quietForMs, speaks, type OperatorBrowser } from './phone-harness.js';

/** An operator at home, behind NAT; Asterisk behind the NAT of its office. Only a machine with network namespaces can play both. */

const SECRET = 'the-secret-of-both-servers';
const missing = await HomeNetwork.missing();
let network: HomeNetwork;
let harness: PhoneHarness;
let turnPort: number;
let stopTurn: StopTurnServer | undefined;

if (missing !== undefined) console.warn(`Skipped: ${missing}`);
const atHome = test.skipIf(missing !== undefined);

beforeAll(async () => {
  if (missing !== undefined) return;
  network = await HomeNetwork.open();
  turnPort = await freePort();
  const addresses = {
    EXTERNAL_ADDRESS: network.outside,
    LOCAL_NET: network.officeNet,
    LOCAL_ADDRESS: network.office,
  };
  stopTurn = await startTurnServer({
    ...addresses,
    TURN_SECRET: SECRET,
    TURN_PORT: String(turnPort),
    TURN_PEERS: network.office,
  });
  const turn = `turn:${network.outside}:${turnPort}`;
  harness = await PhoneHarness.open({
    variables: addresses,
    env: { HTTP_HOST: '0.0.0.0', TURN_URLS: `${turn},${turn}?transport=tcp`, TURN_SECRET: SECRET },
    program: await network.atHome(CHROMIUM.executablePath),
    host: network.outside,
  });
}, 120_000);

beforeEach(() => missing ?? network.letOut('everything'));
afterEach(() => missing ?? harness.reset(), 30_000);

afterAll(async () => {
  if (missing !== undefined) return;
  await harness.close();
  await stopTurn?.();
  await network.close();
}, 30_000);

/** A call from outside is answered at home, and both sides hear each other. */
async function talksAtHome(): Promise<OperatorBrowser> {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
  return eva;
}

/** How the page says that the audio travels. */
const pathOf = (operator: OperatorBrowser) => operator.dock.locator('[data-media-path]');

atHome('sound travels directly both ways, when the office forwards its ports', async () => {
  const eva = await talksAtHome();
  expect(await pathOf(eva).count()).toBe(0);
});

atHome('a call from home has sound both ways', async () => {
  const eva = await harness.ready('eva');
  const received = harness.provider.nextCall();
  await eva.dial('777888999');
  const call = await received;
  await eva.is('talking');
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
});

atHome('the address of the computer changes during a talk: both hear each other again', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
  await network.changeAddress();
  // Longer than what the browser has received before the change; one direction may find its new way within moments.
  await delay(3_000);
  await expect.poll(() => quietForMs(call), { timeout: 40_000 }).toBeLessThan(300);
  await eva.hears('caller', 60_000);
  await eva.is('talking');
  await eva.reaches('ready', 60_000);
  await call.hangUp();
  await eva.isFree();
});

atHome('where the network lets out UDP to the TURN server only, the page says that a relay is used', async () => {
  await network.letOut({ udpPort: turnPort });
  const eva = await talksAtHome();
  await eva.dock.getByText('through a relay').waitFor();
});

atHome('where the network lets out no UDP, sound travels to the TURN server over TCP', async () => {
  await network.letOut('no UDP');
  const eva = await talksAtHome();
  await eva.dock.getByText('through a relay').waitFor();
});

atHome('where nothing gets through, the page says so during the call', async () => {
  await network.letOut({ closedTcpPort: turnPort });
  const eva = await harness.ready('eva');
  await harness.talk(eva);
  await eva.dock.getByText('lets no sound through').waitFor();
  expect(await eva.visitor.obstacles()).toEqual([]);
  await eva.visitor.photograph('phone-without-sound');
});

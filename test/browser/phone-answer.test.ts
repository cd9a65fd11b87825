import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { hearsOperator, PhoneHarness, speaks, type OperatorBrowser } from './phone-harness.js';

/** An answer is sent at once, whatever the network of the browser is like. How long it takes: `scripts/bench answer`. */

let harness: PhoneHarness;
/** A STUN and TURN server that never answers. */
let dead: Socket;
let asked = 0;

beforeAll(async () => {
  harness = await PhoneHarness.open();
  dead = createSocket('udp4', () => (asked += 1)).bind(0, '127.0.0.1');
  await once(dead, 'listening');
}, 90_000);

beforeEach(() => (asked = 0));
afterEach(() => harness.reset(), 30_000);
afterAll(async () => {
  dead.close();
  await harness.close();
}, 30_000);

/** How far the browser was with its ICE candidates when it sent the answers of this page. */
const gatheringAtAnswer = ({ page }: OperatorBrowser) =>
  page.evaluate(() => (window as unknown as { gathering: string[] }).gathering);

test.each([
  { network: 'servers that do not answer', candidates: 'some' },
  { network: 'servers that do not answer, and no candidates', candidates: 'none' },
] as const)('the answer does not wait for $network', async ({ candidates }) => {
  const eva = await harness.operator('eva');
  await eva.page.addInitScript(useDeadServers, { port: dead.address().port, candidates });
  await eva.page.reload();
  await eva.switchOn();
  await eva.reaches('ready');
  const call = await harness.talk(eva);
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
  expect(await gatheringAtAnswer(eva)).toEqual(['gathering']);
  expect(asked).toBeGreaterThan(0);
  await call.hangUp();
  await eva.isFree();
});

/** Runs in the page. @param candidates `none`: the browser reports none */
function useDeadServers({ port, candidates }: { port: number; candidates: 'some' | 'none' }): void {
  const gathering: string[] = [];
  Object.assign(window, { gathering });
  let latest: RTCPeerConnection | undefined;
  const iceServers = [
    { urls: `stun:127.0.0.1:${port}` },
    { urls: `turn:127.0.0.1:${port}`, username: 'x', credential: 'x' },
  ];
  const Connection = RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(settings?: RTCConfiguration) {
      super({ ...settings, iceServers });
      // eslint-disable-next-line @typescript-eslint/no-this-alias
      latest = this;
      this.addEventListener('icecandidate', (event) => {
        // Those of a gathering that is over have no candidate.
        if (candidates === 'none' && event.isTrusted && event.candidate !== null) event.stopImmediatePropagation();
      });
    }
  };
  const send = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'send')!.value as WebSocket['send'];
  WebSocket.prototype.send = function (data) {
    if (typeof data === 'string' && data.startsWith('SIP/2.0 200') && data.includes('a=ice-ufrag'))
      gathering.push(latest?.iceGatheringState ?? 'none');
    send.call(this, data);
  };
}

test('Asterisk offers Opus without forward error correction and silence suppression: docs/browser-phones.md', async () => {
  const eva = await harness.ready('eva');
  const call = await harness.talk(eva);
  const offer = eva.received.find((message) => message.startsWith('INVITE '));
  expect(offer).toContain('opus/48000/2');
  expect(offer).not.toMatch(/useinbandfec|usedtx/);
  await call.hangUp();
  await eva.isFree();
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Asterisk } from '../../src/asterisk/asterisk.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { toneWav } from '../support/tones.js';
import { linkOptions } from './conformance/real-harness.js';

/** A medium is in Asterisk's cache before its first playback. */

let asterisk: TestAsterisk;
let link: Asterisk;
let server: Server;
let requested: string[];
const sound = (name: string) => `sound:http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}.wav`;

beforeAll(async () => {
  server = createServer((request, response) => {
    requested.push(request.url ?? '');
    if (request.url?.includes('missing') === true) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': 'audio/wav', 'cache-control': 'public, max-age=31536000, immutable' })
        .end(toneWav(1, 'cs', 20_000));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  asterisk = await startAsterisk({});
  link = new Asterisk(linkOptions(asterisk));
  const up = new Promise<void>((resolve) => link.onEvent(({ type }) => type === 'link_up' && resolve()));
  link.start();
  await up;
});
beforeEach(() => {
  requested = [];
});
afterAll(async () => {
  await link.stop();
  await asterisk.stop();
  server.close();
});

it('is fetched once, even if long, and leaves no channel behind', async () => {
  await link.fetchMedia(sound('long'));
  expect(requested).toEqual(['/long.wav']);
  await link.fetchMedia(sound('long'));
  expect(requested).toEqual(['/long.wav']);
  expect(await link.listBridges()).toEqual([]);
  expect(await link.listChannels()).toEqual([]);
});

it('that is unavailable does not block the next one', async () => {
  await link.fetchMedia(sound('missing')).catch(() => undefined);
  await link.fetchMedia(sound('other'));
  expect(requested.at(-1)).toBe('/other.wav');
});

it('is given up when the link is closed', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const other = new Asterisk(linkOptions(asterisk));
  const up = new Promise<void>((resolve) => other.onEvent(({ type }) => type === 'link_up' && resolve()));
  other.start();
  await up;
  const fetching = other.fetchMedia(`sound:http://127.0.0.1:${(silent.address() as AddressInfo).port}/never.wav`);
  const failed = expect(fetching).rejects.toMatchObject({ reason: 'unavailable' });
  await other.stop();
  await failed;
  silent.closeAllConnections();
  silent.close();
});

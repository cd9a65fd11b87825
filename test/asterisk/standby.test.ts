import { on } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Gateway } from '../support/gateway.js';
import { LATER, standbyHarness } from './standby-harness.js';

const { gateways, waits, callersInProgress, takeovers } = standbyHarness(() =>
  Promise.resolve({ env: {}, stop: () => Promise.resolve() }),
);

it('a standby says so, and asks the owner for everything else', async () => {
  const { first, second } = gateways();
  expect(await waits(second)).toMatch(new RegExp(`another gateway \\(.*:${first.port}\\) owns the node`));
  expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
  expect(second.output).not.toContain('link is up');
  const { inCode, inMenu } = await callersInProgress(first);
  const ids = async (gateway: Gateway) => (await gateway.calls()).map(({ id }) => id);
  expect(await ids(second)).toEqual(await ids(first));
  expect((await second.fetch('/api/v1/calls', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
  const monitor = new WebSocket(`${second.url.replace('http', 'ws')}/ws/monitor?token=${second.token}`);
  const news = on(monitor, 'message');
  await news.next();
  for (const id of await ids(second)) await second.fetch(`/api/v1/calls/${id}/hangup`, { method: 'POST' });
  await news.next();
  monitor.terminate();
  await Promise.all([inCode.ended(LATER), inMenu.ended(LATER)]);
});

takeovers();

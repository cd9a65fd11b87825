import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Asterisk } from '../../../src/asterisk/asterisk.js';
import { systemClock } from '../../../src/lib/clock.js';
import { callerOf, ringback, silence } from '../../support/sip/caller.js';
import { buildSip } from '../../support/sip/message.js';
import { linkOptions, makeRealHarness } from './real-harness.js';
import type { RealHarness } from './real-harness.js';
import { EventLog } from './harness.js';

/** The port's requests on the wire and in the audio, and how fast the link comes back. */
describe('on the real Asterisk', () => {
  let harness: RealHarness;
  let events: EventLog;

  beforeAll(async () => {
    harness = await makeRealHarness();
    events = new EventLog(harness);
    if (!harness.port.usable) await events.one('link_up');
  });
  afterAll(() => harness.close());

  const incoming = async (from: string) => {
    await harness.incomingCall(from);
    const { channel } = await events.entered(from);
    return { id: channel.id, call: harness.callOf(from) };
  };

  it('a leg shows its own caller ID, and nothing of the call that it is dialled for', async () => {
    const { id } = await incoming('420601000001');
    await harness.port.answer(id);
    await harness.port.dial({
      channelId: 'wire~1',
      endpoint: harness.callees.answers,
      callerId: { number: '+420222333444', name: 'Obchod Žofie' },
      timeoutS: 5,
      originatorId: id,
    });
    await events.one('channel_answered', { channelId: 'wire~1' });
    await harness.port.createBridge('wire-b');
    await harness.port.addToBridge('wire-b', [id, 'wire~1']);
    const leg = await harness.phone.nextCall();
    expect(callerOf(leg)).toBe('+420222333444');
    expect(leg.invite.headers.get('From')).toContain('Obchod Žofie');
    expect(buildSip(leg.invite)).not.toContain('420601000001');
    await harness.port.hangUp(id);
    await harness.port.hangUp('wire~1');
    await harness.port.destroyBridge('wire-b');
  });

  it("a leg dialled without a caller ID shows none of the gateway's", async () => {
    const { id } = await incoming('420601000002');
    await harness.port.dial({ channelId: 'wire~2', endpoint: harness.callees.answers, timeoutS: 5, originatorId: id });
    await events.one('channel_answered', { channelId: 'wire~2' });
    const leg = await harness.phone.nextCall();
    expect(buildSip(leg.invite)).not.toContain('420601000002');
    await harness.port.hangUp('wire~2');
    await harness.port.hangUp(id);
  });

  it('ringback plays on an answered call until it is stopped', async () => {
    const { id, call } = await incoming('420601000003');
    await harness.port.answer(id);
    await harness.port.startRinging(id);
    await call.hears(ringback);
    await harness.port.stopRinging(id);
    await call.hears(silence);
    await harness.port.hangUp(id);
  });

  it.each([
    ['busy', 486],
    ['congestion', 503],
    ['no_answer', 480],
  ] as const)('a call hung up as %s before the answer is refused with %i', async (cause, status) => {
    const { id, call } = await incoming(`42060100000${status}`);
    await harness.port.hangUp(id, cause);
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'rejected', status });
  });

  it('the link is up within two seconds after Asterisk is back', async () => {
    const ups = events.all('link_up').length;
    await harness.asterisk.kill();
    await events.one('link_down');
    await harness.asterisk.revive();
    const backAt = Date.now();
    const up = await events.one('link_up', {}, ups + 1);
    expect(up.at - backAt).toBeLessThan(2000);
    expect(up.restarted).toBe(true);
  });

  it('requests work over HTTP as well', async () => {
    const options = linkOptions(harness.asterisk);
    const said: string[] = [];
    const port = new Asterisk({
      ...options,
      ari: { ...options.ari, app: 'another' },
      log: { ...options.log, info: (_, message) => said.push(message) },
      timing: { probeMs: -1 },
      // The timeout is due before any answer can come in: every probe times out.
      clock: {
        now: () => systemClock.now(),
        wakeAt: (at, wake) => {
          if (at >= systemClock.now()) return systemClock.wakeAt(at, wake);
          queueMicrotask(wake);
          return () => undefined;
        },
      },
    });
    const up = new Promise((resolve) => port.onEvent((event) => event.type === 'link_up' && resolve(event)));
    port.start();
    await up;
    expect(said).toContain('no REST over WebSocket here, requests go over HTTP');
    await port.createBridge('over-http');
    await port.createBridge('over-http');
    expect((await port.listBridges()).map(({ id }) => id)).toContain('over-http');
    await port.putHandset({
      name: 'http-a',
      password: 'p',
      displayName: 'A',
      language: 'cs',
      maxContacts: 1,
      webrtc: false,
    });
    expect(await port.listHandsets()).toEqual(['http-a']);
    await port.removeHandset('http-a');
    await expect(port.answer('nobody')).rejects.toMatchObject({ reason: 'gone', status: 404 });
    await port.destroyBridge('over-http');
    await port.stop();
  });
});

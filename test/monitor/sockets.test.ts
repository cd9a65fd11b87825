import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ADMIN, MonitorServer, READER, shownCall, STRANGER, type WatchingClient } from './monitor-harness.js';

/** Watchers over real sockets. */

let server: MonitorServer;
const clients: WatchingClient[] = [];
const raw: Socket[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const socket of raw.splice(0)) socket.destroy();
  await server.stop();
});

function watch(...how: Parameters<MonitorServer['watch']>): WatchingClient {
  const client = server.watch(...how);
  clients.push(client);
  return client;
}

const until = (holds: () => unknown) =>
  vi.waitFor(() => expect(holds()).toBeTruthy(), { timeout: 30_000, interval: 5 });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('who may watch', () => {
  test('holders of a token with monitor:read, and browsers that are logged in, from our own pages', async () => {
    server = await new MonitorServer().start();
    const cookie = server.sessions.begin(ADMIN)?.split(';')[0] ?? '';
    const origin = `http://${server.host}`;
    const cases: [Record<string, string>, number | undefined, string?][] = [
      [{}, 401],
      [bearer('no such token at all'), 401],
      [bearer(STRANGER), 403],
      [{ cookie }, 403],
      [{ cookie, origin: 'https://elsewhere.example' }, 403],
      [{ cookie: 'cordboard_session=a.b.9999999999999.c', origin }, 401],
      [{ cookie, origin }, undefined],
      [bearer(READER), undefined],
    ];
    for (const [headers, refused] of cases) {
      const client = watch('', headers);
      await until(() => client.refused ?? client.state);
      expect([headers, client.refused]).toEqual([headers, refused]);
    }
    const lost = watch('/elsewhere');
    await until(() => lost.refused);
    expect(lost.refused).toBe(404);
  });

  test('not twenty-one at a time of one token, which leaves the places of the others free', async () => {
    server = await new MonitorServer().start();
    const many = Array.from({ length: 21 }, () => watch('', bearer(READER)));
    await until(() => many.some(({ closed }) => closed) && many.filter(({ state }) => state).length === 20);
    expect(many.filter(({ closed }) => closed?.code === 4429)).toHaveLength(1);
    const other = watch('', bearer(ADMIN));
    await until(() => other.state);
  });

  test('not after the session has ended', async () => {
    const beats = new VirtualClock(0);
    server = await new MonitorServer({ beatMs: 5_000 }, beats).start();
    const cookie = server.sessions.begin(ADMIN)?.split(';')[0] ?? '';
    const [leaver, other] = [watch('', { cookie, origin: `http://${server.host}` }), watch()];
    await until(() => leaver.state && other.state);
    beats.advanceBy(5_000);
    await until(() => [leaver, other].every(({ messages }) => messages.some(({ type }) => type === 'beat')));
    await other.roundTrip();
    server.sessions.end(cookie);
    beats.advanceBy(5_000);
    await until(() => leaver.closed);
    expect(leaver.closed?.code).toBe(4401);
    server.show([shownCall('c_1')]);
    await until(() => other.calls['c_1']);
    expect(leaver.calls).toEqual({});
  });

  test('no more than there is room for', async () => {
    server = await new MonitorServer({ watchers: 2 }).start();
    const [first, second] = [watch(), watch()];
    await until(() => first.state && second.state);
    const third = watch();
    await until(() => third.closed);
    expect(third.closed?.code).toBe(4429);
    await first.close();
    await until(() => server.hub.watcherCount === 1);
    const fourth = watch();
    await until(() => fourth.state);
  });
});

describe('what is watched', () => {
  test('a snapshot, then numbered deltas; masked without numbers:read', async () => {
    server = await new MonitorServer().start();
    server.show([shownCall('c_1', { name: 'Jana', customer: { name: 'Jana Nová', orders: [] } })]);
    const [admin, reader] = [watch(), watch('', bearer(READER))];
    await until(() => admin.calls['c_1'] && reader.calls['c_1']);
    expect(admin.calls['c_1']).toMatchObject({
      number: '+420777888999',
      name: 'Jana',
      customer: { name: 'Jana Nová' },
    });
    expect(reader.calls['c_1']).toEqual(shownCall('c_1', { number: '+••••••••••99' }));
    for (let n = 2; n < 40; n += 1) {
      server.show([shownCall(`c_${n}`), shownCall('c_1')]);
      await until(() => admin.calls[`c_${n}`] && reader.calls[`c_${n}`]);
    }
    expect(admin.messages.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
    expect([admin.gaps, reader.gaps]).toEqual([0, 0]);
    expect(admin.state).toEqual(server.state);
    const answer = await fetch(`http://${server.host}/api/v1/monitor`, { headers: bearer(READER) });
    expect(await answer.json()).toEqual(reader.state);
  });

  test('the calls of one label, chosen on opening or later', async () => {
    server = await new MonitorServer().start();
    const [sklad, kancelar] = [{ label: 'telefon-sklad' }, { label: 'telefon-kancelář' }];
    server.show([shownCall('c_1', sklad), shownCall('c_2', kancelar), shownCall('c_3')]);
    const client = watch(`?handset=${encodeURIComponent('telefon-kancelář')}`);
    await until(() => client.state);
    expect(Object.keys(client.calls)).toEqual(['c_2']);
    expect(client.messages[0]).toMatchObject({ type: 'snapshot', handset: 'telefon-kancelář' });
    // A label that comes and goes.
    server.show([shownCall('c_1', sklad), shownCall('c_2', sklad), shownCall('c_3', kancelar)]);
    await until(() => client.calls['c_3']);
    expect(Object.keys(client.calls)).toEqual(['c_3']);
    client.socket.send(JSON.stringify({ type: 'watch', handset: null }));
    await until(() => Object.keys(client.calls).length === 3);
    client.socket.send(JSON.stringify({ type: 'watch', handset: 'telefon-sklad' }));
    await until(() => Object.keys(client.calls).length === 2);
    expect(client.messages.map(({ type }) => type)).toEqual(['snapshot', 'delta', 'snapshot', 'snapshot']);
  });

  test('all of it again, when asked; nothing that is not a message', async () => {
    server = await new MonitorServer().start();
    server.show([shownCall('c_1')]);
    const [asking, babbling, flooding] = [watch(), watch(), watch()];
    await until(() => asking.state && babbling.state && flooding.state);
    asking.socket.send(JSON.stringify({ type: 'resync' }));
    await until(() => asking.messages.filter(({ type }) => type === 'snapshot').length === 2);
    babbling.socket.send('{"type":"dial","number":"1"}');
    await until(() => babbling.closed);
    expect(babbling.closed?.code).toBe(4400);
    for (let n = 0; n < 30; n += 1) flooding.socket.send(JSON.stringify({ type: 'resync' }));
    await until(() => flooding.closed);
    expect(flooding.closed?.code).toBe(4400);
    expect(asking.closed).toBeUndefined();
  });
});

describe('who does not keep up', () => {
  /** Each change is larger than what sockets hold by themselves. */
  const large = (n: number) => [shownCall(`c_${n}`, { name: `${n}`.repeat(400_000) })];

  test('and comes back, is shown everything anew', async () => {
    server = await new MonitorServer({ backlogBytes: 100_000, stalledMs: 60_000 }).start();
    const [slow, quick] = [watch(), watch()];
    await until(() => slow.state && quick.state);
    slow.socket.pause();
    for (let n = 0; n < 40; n += 1) {
      server.show(large(n));
      await until(() => quick.calls[`c_${n}`]);
    }
    expect(quick.gaps).toBe(0);
    slow.socket.resume();
    await until(() => slow.calls['c_39']);
    expect(slow.state).toEqual(server.state);
    expect(slow.messages.filter(({ type }) => type === 'snapshot').length).toBeGreaterThan(1);
    expect(slow.messages.length).toBeLessThan(quick.messages.length);
    expect(slow.gaps).toBe(0);
    server.show(large(41));
    await until(() => slow.calls['c_41']);
  });

  test('and does not come back, is dropped; nobody else notices', async () => {
    server = await new MonitorServer({ backlogBytes: 100_000, stalledMs: 300 }).start();
    const quick = watch();
    await until(() => quick.state);
    // Says hello and never reads again.
    const deaf = connect(server.port, '127.0.0.1', () =>
      deaf.write(
        `GET /ws/monitor HTTP/1.1\r\nHost: ${server.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\nAuthorization: Bearer ${ADMIN}\r\n\r\n`,
      ),
    );
    raw.push(deaf);
    deaf.pause().on('error', () => undefined);
    await until(() => server.hub.watcherCount === 2);
    let n = 0;
    while (server.hub.watcherCount === 2) {
      n += 1;
      server.show(large(n));
      await until(() => quick.calls[`c_${n}`]);
    }
    server.show(large(n + 1));
    await until(() => quick.calls[`c_${n + 1}`]);
    expect(quick.gaps).toBe(0);
    expect(quick.messages.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
  });
});

test('the gateway says goodbye when it stops', async () => {
  server = await new MonitorServer().start();
  const client = watch();
  await until(() => client.state);
  await server.stop();
  await until(() => client.closed);
  expect(client.closed?.code).toBe(1001);
  server = await new MonitorServer().start();
});

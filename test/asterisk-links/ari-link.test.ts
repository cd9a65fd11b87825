import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawAriEvent } from '../../src/asterisk/ari/ari-connection.js';
import { AriLink } from '../../src/asterisk/ari/ari-link.js';
import type { LinkContext } from '../../src/asterisk/link.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { Changes } from '../support/sip/until.js';
import { FakeAri } from './fake-ari.js';
import { context, failure, HurriedClock } from './link-harness.js';

const ANSWER = { method: 'POST', path: 'channels/1/answer' } as const;
const LIST = { method: 'GET', path: 'channels' } as const;
const WITHIN_MS = 30_000;

describe('the ARI link', () => {
  let ari: FakeAri;
  let url: string;
  const links: Watched[] = [];

  beforeEach(async () => {
    ari = new FakeAri();
    url = await ari.start();
  });
  afterEach(async () => {
    await Promise.all(links.splice(0).map(({ link }) => link.stop()));
    await ari.stop();
  });

  const watch = (given: Partial<{ url: string; user: string; context: LinkContext }> = {}) => {
    const watched = new Watched({ url, user: 'gateway', context: context(), ...given });
    links.push(watched);
    watched.link.start();
    return watched;
  };

  describe('a request', () => {
    it('is answered over the events socket', async () => {
      const { link, reported } = watch();
      await reported('up');
      ari.onRequest = () => ({ status: 200, body: [{ id: '1' }] });
      expect(await link.request({ method: 'GET', path: 'channels', query: { a: 'b c' } })).toEqual([{ id: '1' }]);
      expect(link.transport).toBe('websocket');
      expect(ari.requests.at(-1)).toMatchObject({ uri: 'channels', query_strings: [{ name: 'a', value: 'b c' }] });
    });

    it.each([
      [404, 'Channel not found', 'gone'],
      [409, 'Channel not in Stasis application', 'conflict'],
      [412, 'Channel in invalid state', 'conflict'],
      [400, 'Channel not found', 'gone'],
      [422, 'Channel not in Stasis application', 'conflict'],
      [400, 'Missing parameter', 'refused'],
      [500, 'Allocation failed', 'refused'],
      [503, 'Asterisk not booted', 'unavailable'],
    ])('that is answered %i "%s" fails as %s, with the status kept', async (status, message, reason) => {
      const { link, reported } = watch();
      await reported('up');
      ari.onRequest = () => ({ status, body: { message } });
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason, message, status });
    });

    it('that is never answered fails alone while pings are answered', async () => {
      const clock = new VirtualClock(0);
      const { link, reported, reports } = watch({ context: context({ requestMs: 80, pingMs: 40 }, clock) });
      await reported('up');
      ari.onRequest = ({ uri }) => (uri === 'channels/1' ? undefined : { status: 200, body: [] });
      const lost = failure(link.request({ method: 'DELETE', path: 'channels/1' }));
      // The response to the request comes after the response to the ping, on the same socket.
      for (let pings = 1; pings <= 6; pings += 1) {
        clock.advanceBy(40);
        expect(await link.request(LIST)).toEqual([]);
      }
      expect(await lost).toMatchObject({ reason: 'unavailable' });
      expect(reports).toEqual(['up']);
    });

    it('that is never answered closes a link without responses to pings, long before the next ping is due', async () => {
      const { link, reported } = watch({ context: context({ requestMs: 80, pingMs: 1500 }) });
      await reported('up');
      ari.onRequest = () => undefined;
      ari.answersPings = false;
      const requests = [0, 40, 80].map(async (ms) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return failure(link.request(LIST));
      });
      for (const error of await Promise.all(requests)) expect(error).toMatchObject({ reason: 'unavailable' });
      await reported('down');
    });

    it('that waits for a channel uses HTTP, and delays no later request', async () => {
      const { link, reported, reports } = watch({ context: context({ requestMs: 1500 }) });
      await reported('up');
      const answers: (() => void)[] = [];
      ari.onHttp = (_, response) => answers.push(() => response.writeHead(204).end());
      ari.onRequest = () => ({ status: 200, body: [] });
      const waiting = [1, 2].map(() => link.request({ ...ANSWER, waitsForChannel: true }));
      const lost = failure(link.request({ ...ANSWER, path: 'channels/3/answer', waitsForChannel: true }));
      expect(await link.request(LIST)).toEqual([]);
      await expect.poll(() => answers.length).toBe(3);
      answers[1]!();
      answers[0]!();
      await Promise.all(waiting);
      expect(await lost).toMatchObject({ reason: 'unavailable' });
      expect(link.transport).toBe('websocket');
      expect(ari.requests.filter(({ uri }) => uri.endsWith('/answer'))).toEqual([]);
      expect(reports).toEqual(['up']);
    });

    it('in progress when the socket breaks fails at once', async () => {
      const { link, reported } = watch();
      await reported('up');
      ari.onRequest = () => {
        ari.cut();
        return undefined;
      };
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason: 'unavailable' });
      await reported('down');
    });

    it('fails at once while there is no connection', async () => {
      ari.door = 'slammed';
      const { link } = watch();
      await ari.until(() => ari.handshakes.length > 1);
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason: 'unavailable' });
      expect(link.error).toBeDefined();
    });

    it('cannot leave its path by an id', async () => {
      const { ariPath } = await import('../../src/asterisk/ari/ari-request.js');
      expect(ariPath('channels', '../bridges/1?x#y', 'answer')).toBe('channels/..%2Fbridges%2F1%3Fx%23y/answer');
    });
  });

  it('probes Asterisk only after a silence, and receives earlier events first', async () => {
    const clock = new VirtualClock(0);
    const { link, reported, reports } = watch({ context: context({}, clock) });
    await reported('up');
    const pings = () => ari.requests.filter(({ uri }) => uri === 'asterisk/ping').length;
    ari.send({ type: 'StasisStart' });
    await reported('StasisStart');
    for (let timers = 0; timers < 10; timers += 1) await link.catchUp();
    clock.advanceBy(100);
    await link.catchUp();
    expect(pings()).toBe(0);
    clock.advanceBy(1);
    await link.catchUp();
    expect(pings()).toBe(1);
    await link.catchUp();
    expect(pings()).toBe(1);
    expect(reports).toEqual(['up', 'StasisStart']);
    clock.advanceBy(101);
    ari.onRequest = () => ({ status: 503, body: { message: 'Asterisk not booted' } });
    expect(await failure(link.catchUp())).toMatchObject({ reason: 'unavailable' });
  });

  describe('an Asterisk without REST over WebSocket', () => {
    const info = JSON.stringify({ status: { startup_time: 'then' } });
    const overHttp = (status: number, body: string) => {
      ari.hasRestOverWebSocket = false;
      ari.onHttp = (request, response) => {
        const isInfo = request.url?.startsWith('/ari/asterisk/info') === true;
        response.writeHead(isInfo ? 200 : status).end(isInfo ? info : body);
      };
    };

    it('receives requests over HTTP, and the response status is kept', async () => {
      overHttp(404, '{"message":"Channel not found"}');
      const { link, reported } = watch({ context: context({ probeMs: 50 }) });
      await reported('up');
      expect(link.transport).toBe('http');
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason: 'gone', status: 404 });
    });

    it('that does not respond, or breaks off, blocks no request', async () => {
      overHttp(204, '');
      const { link, reported } = watch({ context: context({ probeMs: 50, requestMs: 150 }) });
      await reported('up');
      ari.onHttp = () => undefined;
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason: 'unavailable' });
      ari.onHttp = (request) => request.socket.resetAndDestroy();
      expect(await failure(link.request(ANSWER))).toMatchObject({ reason: 'unavailable' });
    });

    it('receives the credentials of its own link only', async () => {
      const seen: Record<string, string | undefined> = {};
      const second = new FakeAri();
      const secondUrl = await second.start();
      for (const [name, server] of [
        ['first', ari],
        ['second', second],
      ] as const) {
        server.hasRestOverWebSocket = false;
        server.onHttp = (request, response) => {
          seen[name] = request.headers.authorization;
          response.writeHead(200).end(info);
        };
      }
      const short = context({ probeMs: 50 });
      const [a, b] = [
        watch({ user: 'anna', context: short }),
        watch({ url: secondUrl, user: 'boris', context: short }),
      ];
      await Promise.all([a.reported('up'), b.reported('up')]);
      await Promise.all([a, b].map(({ link }) => link.request({ method: 'GET', path: 'channels' })));
      const basic = (user: string) => `Basic ${Buffer.from(`${user}:password`).toString('base64')}`;
      expect(seen).toEqual({ first: basic('anna'), second: basic('boris') });
      expect(ari.handshakes[0]).toContain('api_key=anna:password');
      expect(second.handshakes[0]).toContain('api_key=boris:password');
      await b.link.stop();
      await second.stop();
    });
  });

  describe('the connection', () => {
    it('survives unreadable messages', async () => {
      const { reported, events } = watch();
      await reported('up');
      for (const message of ['not json', '', '7', 'null', '[]', { type: 8 }, {}, { type: 'NeverHeardOf' }])
        ari.send(message);
      ari.send({ type: 'RESTResponse', request_id: 'never-sent', status_code: 200 });
      ari.send({ type: 'StasisStart' });
      await reported('StasisStart');
      expect(events.map(({ type }) => type)).toEqual(['NeverHeardOf', 'StasisStart']);
    });

    it('sets the event filter at each connect, and works without the filter where it is refused', async () => {
      ari.onRequest = () => ({ status: 404, body: { message: 'Invalid method' } });
      const { link, reported, reports } = watch();
      await reported('up');
      ari.cut();
      await reported('down');
      await ari.until(() => ari.requests.filter(({ uri }) => uri.endsWith('/eventFilter')).length === 2);
      ari.onRequest = () => ({ status: 200, body: [] });
      await reported('up', 2);
      expect(await link.request(LIST)).toEqual([]);
      expect(reports).toEqual(['up', 'down', 'up']);
      const [filter] = ari.requests.filter(({ uri }) => uri.endsWith('/eventFilter'));
      const { allowed } = JSON.parse(filter?.message_body ?? '') as { allowed: { type: string }[] };
      const types = allowed.map(({ type }) => type);
      expect(types).toEqual(expect.arrayContaining(['StasisStart', 'ApplicationReplaced', 'RESTResponse']));
      expect(types).not.toContain('ChannelVarset');
    });

    it('is retried forever, with at most a second in between', async () => {
      ari.door = 'slammed';
      const clock = new HurriedClock();
      const { reported } = watch({ context: context({ connectMs: 20_000 }, clock) });
      await ari.until(() => ari.handshakes.length >= 15);
      ari.door = 'open';
      await reported('up');
      const retries = clock.waitsMs.filter((waitMs) => waitMs <= 1000);
      expect(retries.length).toBeGreaterThanOrEqual(14);
      expect(clock.waitsMs.filter((waitMs) => waitMs > 1000 && waitMs < 1900)).toEqual([]);
    });

    it('times out on a peer that accepts and stays silent', async () => {
      ari.door = 'silent';
      const { link, reported } = watch({ context: context({ connectMs: 100 }) });
      await ari.until(() => ari.handshakes.length === 2);
      expect(link.error).toContain('no answer');
      ari.door = 'open';
      await reported('up');
    });

    it.each(['silent', 'slammed', 'open'] as const)(
      'leaves no handle open when stopped while the handshake is %s',
      async (door) => {
        ari.door = door;
        const { link, reported } = watch({ context: context({ connectMs: 60_000 }) });
        await (door === 'open' ? reported('up') : ari.until(() => ari.handshakes.length > 0));
        await link.stop();
        const handshakes = ari.handshakes.length;
        ari.door = 'open';
        await ari.until(() => ari.connections === 0);
        await new Promise((resolve) => setTimeout(resolve, 150));
        expect(ari.connections).toBe(0);
        expect(ari.handshakes).toHaveLength(handshakes);
      },
    );

    it('is closed when a ping times out', async () => {
      ari.answersPings = false;
      const { reported } = watch({ context: context({ pingMs: 50 }) });
      await reported('up');
      await reported('down');
      ari.answersPings = true;
      await reported('up', 2);
    });

    it('reports a restart of Asterisk', async () => {
      const { reported, startedAt } = watch();
      await reported('up');
      ari.startedAt = 'later';
      ari.cut();
      await reported('up', 2);
      expect(startedAt).toEqual(['2026-11-21T10:00:00.000+0000', 'later']);
    });

    it('is given up permanently when another gateway takes the name', async () => {
      const { reported, link } = watch();
      await reported('up');
      ari.send({ type: 'ApplicationReplaced', application: 'cordboard' });
      await reported('replaced');
      await ari.until(() => ari.connections === 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(ari.handshakes).toHaveLength(1);
      expect(link.error).toContain('another gateway');
    });
  });
});

/** A link, and everything that it has reported. */
class Watched {
  readonly link: AriLink;
  readonly events: RawAriEvent[] = [];
  readonly startedAt: string[] = [];
  readonly reports: string[] = [];
  readonly #changes = new Changes();

  constructor(given: { url: string; user: string; context: LinkContext }) {
    const { url, user } = given;
    this.link = new AriLink({ url, user, password: 'password', app: 'cordboard' }, given.context, {
      up: (startedAt) => {
        this.startedAt.push(startedAt);
        this.#hear('up');
      },
      down: () => this.#hear('down'),
      replaced: () => this.#hear('replaced'),
      event: (event) => {
        this.events.push(event);
        this.#hear(event.type);
      },
    });
  }

  readonly reported = (what: string, times = 1): Promise<true> =>
    this.#changes.until(
      () => this.reports.filter((reports) => reports === what).length >= times || undefined,
      WITHIN_MS,
      () => `never heard "${what}" ${times} times, only ${this.reports.join(', ')}`,
    );

  #hear(what: string): void {
    this.reports.push(what);
    this.#changes.notify();
  }
}

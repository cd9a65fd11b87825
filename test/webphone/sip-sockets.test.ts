import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createHttpServer } from '../../src/http/server.js';
import { TokenList } from '../../src/http/tokens.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { isAllowedOrigin } from '../../src/webphone/origins.js';
import { SipSockets, type SipSocketsOptions } from '../../src/webphone/sip-sockets.js';

/** Browsers, and something that speaks WebSocket as Asterisk does behind the gateway. */

const DISPATCH = 'https://taxi.gootax.pro';
const register = (user: string, more = '') =>
  `REGISTER sip:gateway SIP/2.0\r\nFrom: <sip:${user}@gateway>;tag=1\r\n${more}Content-Length: 0\r\n\r\n`;
const OK = 'SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n';

const until = (holds: () => unknown) =>
  vi.waitFor(() => expect(holds()).toBeTruthy(), { timeout: 30_000, interval: 5 });

class Exchange {
  readonly #server: Server = createServer((_, response) => response.writeHead(404).end());
  readonly #sockets = new WebSocketServer({ server: this.#server, path: '/ws' });
  readonly handshakes: Record<string, unknown>[] = [];
  readonly heard: string[] = [];
  readonly phones: WebSocket[] = [];
  answer: string | undefined = OK;

  async start(): Promise<number> {
    this.#sockets.on('connection', (socket, request) => {
      this.handshakes.push(request.headers);
      this.phones.push(socket);
      socket.on('message', (data: Buffer) => {
        this.heard.push(data.toString());
        if (this.answer !== undefined) socket.send(this.answer);
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const phone of this.phones) phone.terminate();
    this.#sockets.close();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

class Browser {
  readonly heard: string[] = [];
  closed: { code: number; reason: string } | undefined;
  refused: number | undefined;
  opened = false;
  readonly socket: WebSocket;

  constructor(port: number, headers: Record<string, string>, protocols: string[]) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, protocols, { headers });
    this.socket.on('open', () => (this.opened = true));
    this.socket.on('message', (data: Buffer) => this.heard.push(data.toString()));
    this.socket.on('unexpected-response', (request, { statusCode }) => {
      this.refused = statusCode;
      request.destroy();
      this.socket.terminate();
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
  }
}

let exchange: Exchange;
let sockets: SipSockets;
let server: ReturnType<typeof createHttpServer>;
let port = 0;
const raw: Socket[] = [];
const browsers: Browser[] = [];

async function open(options: Partial<SipSocketsOptions> = {}): Promise<void> {
  exchange = new Exchange();
  const asteriskPort = await exchange.start();
  const logger = createLogger({ level: 'silent' });
  const outsideUrl = 'https://pbx.example';
  sockets = new SipSockets({
    target: `ws://127.0.0.1:${asteriskPort}/ws`,
    mayConnect: (origin, host) => isAllowedOrigin(origin, host, { own: [outsideUrl], listed: [DISPATCH] }),
    isHandset: (name) => name === 'eva' || name === 'jan',
    limits: () => ({ max_connections: 50, max_connections_per_address: 50 }),
    clock: systemClock,
    logger,
    ...options,
  });
  server = createHttpServer({ routes: [], upgrades: [sockets.route], tokens: new TokenList([]), logger });
  ({ port } = await server.start({ host: '127.0.0.1', port: 0 }));
}

function browser(headers: Record<string, string> = { origin: DISPATCH }, protocols = ['sip']): Browser {
  const one = new Browser(port, headers, protocols);
  browsers.push(one);
  return one;
}

async function connected(): Promise<Browser> {
  const one = browser();
  await until(() => one.opened);
  return one;
}

afterEach(async () => {
  for (const { socket } of browsers.splice(0)) socket.terminate();
  for (const socket of raw.splice(0)) socket.destroy();
  await sockets.stop();
  await server.stop();
  await exchange.stop();
  expect(sockets.open).toBe(0);
});

describe('who may connect', () => {
  test('pages of ours and of the dispatch, with the subprotocol sip', async () => {
    await open();
    const cases: [Record<string, string>, string[], number | undefined][] = [
      [{ origin: DISPATCH }, ['sip'], undefined],
      [{ origin: `http://127.0.0.1:${port}` }, ['sip'], undefined],
      [{ origin: 'https://pbx.example' }, ['sip'], undefined],
      [{ origin: DISPATCH }, ['other', 'sip'], undefined],
      [{ origin: DISPATCH }, [], 400],
      [{ origin: DISPATCH }, ['sipx'], 400],
      [{ origin: 'https://elsewhere.example' }, ['sip'], 403],
      // A name that was made to lead to our address.
      [{ origin: 'http://elsewhere.example:8080', host: 'elsewhere.example:8080' }, ['sip'], 403],
      [{ origin: `${DISPATCH}.elsewhere.example` }, ['sip'], 403],
      [{ origin: 'http://taxi.gootax.pro' }, ['sip'], 403],
      [{ origin: 'null' }, ['sip'], 403],
      [{}, ['sip'], 403],
    ];
    for (const [headers, protocols, status] of cases) {
      const one = browser(headers, protocols);
      await until(() => one.refused ?? one.opened);
      expect([headers, protocols, one.refused]).toEqual([headers, protocols, status]);
      if (status === undefined) expect(one.socket.protocol).toBe('sip');
    }
    expect(exchange.handshakes).toHaveLength(4);
  });

  test('Asterisk hears nothing of what the browser’s handshake said', async () => {
    await open();
    browser({
      origin: DISPATCH,
      cookie: 'cordboard_session=secret',
      authorization: 'Bearer x',
      'x-forwarded-for': 'a',
    });
    await until(() => exchange.handshakes.length === 1);
    const [headers] = exchange.handshakes;
    expect(Object.keys(headers ?? {}).sort()).toEqual([
      'connection',
      'host',
      'sec-websocket-key',
      'sec-websocket-protocol',
      'sec-websocket-version',
      'upgrade',
    ]);
  });

  test('few that Asterisk has not let in yet, so that they take no phone its place', async () => {
    await open();
    for (let count = 0; count < 10; count++) await connected();
    const eleventh = browser();
    await until(() => eleventh.refused);
    expect(eleventh.refused).toBe(503);
    browsers[0]?.socket.terminate();
    await until(() => sockets.open === 9);
    await connected();
  });

  test('no more than there is room for, from one address and in all', async () => {
    for (const limits of [
      { max_connections: 2, max_connections_per_address: 50 },
      { max_connections: 50, max_connections_per_address: 2 },
    ]) {
      await open({ limits: () => limits });
      const [first] = [await connected(), await connected()];
      const third = browser();
      await until(() => third.refused);
      expect(third.refused).toBe(503);
      first.socket.close();
      await until(() => sockets.open === 1);
      await connected();
      if (limits.max_connections === 2) {
        await sockets.stop();
        await server.stop();
        await exchange.stop();
      }
    }
  });

  test('no browser while Asterisk is unreachable; a failed handshake does not occupy a place', async () => {
    await open({ target: 'ws://127.0.0.1:9/ws' });
    const one = browser();
    await until(() => one.refused);
    expect(one.refused).toBe(503);
    const odd = connect(port, '127.0.0.1');
    raw.push(odd);
    odd.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${DISPATCH}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n`,
    );
    await once(odd, 'data');
    await until(() => sockets.open === 0);
  });

  test('a handshake without a key is refused once Asterisk is reached, and Asterisk let go', async () => {
    await open();
    const odd = connect(port, '127.0.0.1');
    raw.push(odd);
    odd.write(
      `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${DISPATCH}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n`,
    );
    const [answer] = (await once(odd, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400/);
    await until(() => sockets.open === 0 && exchange.phones[0]?.readyState === WebSocket.CLOSED);
  });
});

describe('what is passed on', () => {
  test('whole messages, to and fro, each browser to its own connection', async () => {
    await open();
    const [eva, jan] = [await connected(), await connected()];
    eva.socket.send(register('eva'));
    jan.socket.send(register('jan'));
    await until(() => eva.heard.length === 1 && jan.heard.length === 1);
    expect([...exchange.heard].sort()).toEqual([register('eva'), register('jan')]);
    eva.socket.send('\r\n\r\n');
    exchange.phones[0]?.send('INVITE sip:eva@x SIP/2.0\r\n\r\n');
    await until(() => eva.heard.length === 2);
    expect([exchange.heard.length, jan.heard.length]).toEqual([2, 1]);
  });

  test('no request in the name of a handset that is not for browsers: Asterisk would accept it by its address', async () => {
    await open();
    for (const [message, code] of [
      [register('trunk'), 1008],
      [register('+420777888999'), 1008],
      [register('eva', 'From: <sip:trunk@gateway>\r\n'), 1008],
      [register('eva') + register('trunk'), 1008],
      ['hello', 1008],
      [Buffer.from(register('eva')), 1003],
      [register('eva', `X: ${'x'.repeat(70_000)}\r\n`), 1009],
    ] as const) {
      const one = await connected();
      one.socket.send(message);
      await until(() => one.closed);
      expect(one.closed?.code).toBe(code);
    }
    expect(exchange.heard).toEqual([]);
  });

  test('not more than a phone has to say', async () => {
    await open({ relay: { burst: 5, perSecond: 1 } });
    const one = await connected();
    for (let n = 0; n < 6; n += 1) one.socket.send(register('eva'));
    await until(() => one.closed);
    expect(one.closed).toEqual({ code: 1008, reason: 'too many messages' });
    expect(exchange.heard).toHaveLength(5);
  });

  test('a browser that takes nothing is read for no further, and is cut off', async () => {
    await open({ relay: { beatMs: 300 } });
    const one = await connected();
    one.socket.send(register('eva'));
    await until(() => one.heard.length === 1);
    one.socket.pause();
    const [phone] = exchange.phones;
    const message = `MESSAGE sip:eva@x SIP/2.0\r\n\r\n${'x'.repeat(60_000)}`;
    const gone = once(phone!, 'close');
    let taken = 0;
    for (let n = 0; n < 800; n += 1)
      phone!.send(message, () => (taken += phone!.readyState === WebSocket.OPEN ? 1 : 0));
    await gone;
    // Most of it has never left Asterisk; the rest filled the buffers of the sockets.
    expect(taken).toBeLessThan(400);
    await until(() => sockets.open === 0);
  });
});

describe('how it ends', () => {
  test('both sides are closed, whichever side closes first', async () => {
    await open();
    const one = await connected();
    one.socket.close();
    await until(() => exchange.phones[0]?.readyState === WebSocket.CLOSED);
    const other = await connected();
    exchange.phones[1]?.terminate();
    await until(() => other.closed);
    expect(other.closed?.code).toBe(1001);
    await until(() => sockets.open === 0);
  });

  test('for who does not answer our ping', async () => {
    await open({ relay: { beatMs: 100 } });
    const one = await connected();
    one.socket.send(register('eva'));
    await until(() => one.heard.length === 1);
    one.socket.pause();
    await until(() => sockets.open === 0);
  });

  test('for a browser that Asterisk does not accept in time; an accepted one stays', async () => {
    await open({ relay: { loginTimeoutMs: 300 } });
    const eva = await connected();
    eva.socket.send(register('eva'));
    await until(() => eva.heard.length === 1);
    exchange.answer = 'SIP/2.0 401 Unauthorized\r\nContent-Length: 0\r\n\r\n';
    const jan = await connected();
    jan.socket.send(register('jan'));
    await until(() => jan.closed);
    expect(jan.closed).toEqual({ code: 1008, reason: 'no login in time' });
    expect(eva.closed).toBeUndefined();
  });

  test('with a close frame when the gateway stops, also for a browser that does not answer', async () => {
    await open();
    const [one, deaf] = [await connected(), await connected()];
    deaf.socket.pause();
    await sockets.stop();
    await until(() => one.closed);
    expect(one.closed).toEqual({ code: 1001, reason: 'the gateway is stopping' });
    expect(sockets.open).toBe(0);
    const late = browser();
    await until(() => late.refused);
    expect(late.refused).toBe(503);
  });
});

describe('short-lived accounts', () => {
  const accounts = (isValid: () => boolean) => ({
    isValid,
    admit: (message: string) =>
      message.includes('X-Login')
        ? { message: message.replace('X-Login', 'X-Exchanged'), account: { handset: 'eva', operator: 1, expiresAt: 0 } }
        : undefined,
  });

  test('Asterisk receives the exchanged credentials, and the connection is for this handset only', async () => {
    await open({ accounts: accounts(() => true) });
    const one = await connected();
    one.socket.send(register('jan'));
    one.socket.send(register('eva', 'X-Login: 1\r\n'));
    await until(() => exchange.heard.length === 2);
    expect(exchange.heard[1]).toContain('X-Exchanged');
    one.socket.send(register('jan'));
    await until(() => one.closed);
    expect(one.closed?.code).toBe(1008);
    expect(exchange.heard).toHaveLength(2);
  });

  test('the connection ends with its account', async () => {
    let isValid = true;
    await open({ accounts: accounts(() => isValid), relay: { beatMs: 50 } });
    const one = await connected();
    one.socket.send(register('eva', 'X-Login: 1\r\n'));
    await until(() => one.heard.length === 1);
    expect(one.closed).toBeUndefined();
    isValid = false;
    await until(() => one.closed);
    expect(one.closed).toEqual({ code: 1008, reason: 'the account has ended' });
  });
});

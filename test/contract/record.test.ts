import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request as ask, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import { fixtureSchema, type Fixture } from '../../src/contract/fixture.js';
import { Pseudonyms } from '../../src/contract/record/pseudonyms.js';
import { Recorder, type RecorderOptions } from '../../src/contract/record/recorder.js';
import { PseudonymRedactor } from '../../src/contract/record/redact.js';
import { startNodeShop } from '../examples/shop-process.js';

/** What `cordboard record` passes on, what it keeps, and what it does not keep. */

let folder: string;
let upstream: Server;
let recorder: Recorder | undefined;
let seen: { method: string; url: string; headers: NodeJS.Dict<string | string[]>; body: string }[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-record-'));
  seen = [];
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"action":"return"}');
  upstream = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
});
afterEach(async () => {
  await recorder?.stop();
  recorder = undefined;
  upstream.closeAllConnections();
  upstream.close();
  await rm(folder, { recursive: true });
});

const stored: string[] = [];
async function start(more: Partial<RecorderOptions> = {}): Promise<string> {
  stored.length = 0;
  recorder = new Recorder({
    host: '127.0.0.1',
    port: 0,
    folder,
    country: 'CZ',
    maxBodyBytes: 10_000,
    idleTimeoutMs: 10_000,
    to: new URL(`http://127.0.0.1:${(upstream.address() as AddressInfo).port}/base`),
    onStored: (name) => stored.push(name),
    onError: (message) => expect.fail(message),
    ...more,
  });
  return `http://127.0.0.1:${(await recorder.start()).port}`;
}

/** Every exchange so far, when all of them are over. */
async function fixtures(): Promise<Fixture[]> {
  await recorder?.stop();
  recorder = undefined;
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => fixtureSchema.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')))),
  );
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (url: string, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
  fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

describe('what is passed on', () => {
  it('is the very request and the very answer', async () => {
    const url = await start();
    answer = (response) => {
      response.writeHead(418, 'Short and stout', { 'content-type': 'text/plain', 'x-own': 'e' });
      response.end('teapot 777888999');
    };
    const headers = { ...JSON_TYPE, authorization: 'Bearer secret-of-the-shop', cookie: 'session=1', 'api-key': 'k' };
    const response = await post(`${url}/launch.php?s=telfa&phone=777888999`, { caller_number: '777888999' }, headers);
    expect(response.status).toBe(418);
    expect(response.statusText).toBe('Short and stout');
    expect(response.headers.get('x-own')).toBe('e');
    expect(await response.text()).toBe('teapot 777888999');
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/base/launch.php?s=telfa&phone=777888999',
      headers: { ...headers, host: `127.0.0.1:${(upstream.address() as AddressInfo).port}` },
      body: '{"caller_number":"777888999"}',
    });
  });

  it('flows: the beginning of an answer is there before its end', async () => {
    const url = await start();
    let end: () => void = () => undefined;
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('first\n');
      end = () => response.end('last\n');
    };
    const reader = (await fetch(url)).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first\n');
    end();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('last\n');
    await reader?.read();
  });

  it('may be larger than what is kept', async () => {
    const url = await start();
    const large = 'x'.repeat(3_000_000);
    answer = (response) => response.writeHead(200, { 'content-type': 'audio/wav' }).end(large);
    expect((await (await post(url, large)).text()).length).toBe(large.length);
    expect(seen[0]?.body.length).toBe(large.length);
    const [fixture] = await fixtures();
    expect(fixture?.request.body).toEqual({ omitted: '3000000 bytes of application/json: more than 10000' });
    expect(fixture?.answer).toMatchObject({ body: { omitted: '3000000 bytes of audio/wav: more than 10000' } });
  });

  it('is answered with 502 when the target does not answer, and is recorded so', async () => {
    const url = await start();
    answer = (response) => response.socket?.destroy();
    expect((await post(url, {})).status).toBe(502);
    expect((await fixtures())[0]?.answer).toMatchObject({
      failed: expect.stringMatching(/hang up|ECONNRESET/) as string,
    });
  });

  it('waits no longer than it may', async () => {
    const url = await start({ idleTimeoutMs: 200 });
    answer = () => undefined;
    expect((await post(url, {})).status).toBe(502);
    expect((await fixtures())[0]?.answer).toMatchObject({ failed: 'no answer within 200 ms' });
  });

  it('is aborted when the client disconnects', async () => {
    const url = await start();
    const closed = new Promise((resolve) => upstream.once('connection', (socket) => socket.once('close', resolve)));
    const asked = new Promise((resolve) => (answer = resolve as typeof answer));
    const request = ask(url).on('error', () => undefined);
    request.end();
    await asked;
    request.destroy();
    await closed;
    expect((await fixtures())[0]?.answer).toHaveProperty('failed');
  });
});

describe('what is kept', () => {
  it('holds no number, no digits, no secret, and the same ones are the same', async () => {
    const url = await start();
    answer = (response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'PHPSESSID=abcdef' })
        .end('{"action":"play","recording_id":"31","order":"10045","note":"Jana Nováková volá z +420 777 888 999"}');
    const secrets = { authorization: 'Basic c2hvcDpzZWNyZXQ=', 'x-api-key': 'verysecret', cookie: 'a=verysecret' };
    const call = {
      caller_number: '777888999',
      called_number: '00420222333444',
      received_digits: '10045',
      pokracovani: '9',
    };
    await post(`${url}/launch.php?s=telfa&access_token=verysecret&clid=%2B420777888999`, call, {
      ...JSON_TYPE,
      ...secrets,
    });
    await post(`${url}/calls/777888999`, 'caller_number=%2B420777888999&api_key=verysecret&email=jana%40example.net', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    const all = await fixtures();
    const text = JSON.stringify(all);
    expect(text).not.toMatch(/777888999|777 888 999|222333444|10045|verysecret|c2hvcDpz|abcdef|Jana|jana/);
    const [first, second] = all;
    const given = JSON.parse(first?.request.body as string) as typeof call;
    expect(given).toMatchObject({ pokracovani: '9' });
    expect(given.caller_number).toMatch(/^777\d{6}$/);
    expect(given.called_number).toMatch(/^00420222\d{6}$/);
    expect(given.received_digits).toMatch(/^[1-9]\d{4}$/);
    expect(first?.request.path).toBe(
      `/launch.php?s=telfa&access_token=%5Bremoved%5D&clid=%2B420${given.caller_number}`,
    );
    expect(first?.request.headers).toMatchObject({ authorization: 'Basic [removed]', 'x-api-key': '[removed]' });
    expect(first?.answer).toMatchObject({ headers: { 'set-cookie': '[removed]', 'content-type': 'text/html' } });
    const answered = JSON.parse((first?.answer as { body: string }).body) as Record<string, string>;
    expect(answered).toMatchObject({ action: 'play', recording_id: '31', order: given.received_digits });
    expect(second?.request.path).toBe(`/calls/${given.caller_number}`);
    expect(second?.request.body).toBe(
      `caller_number=%2B420${given.caller_number}&api_key=%5Bremoved%5D&email=xxxx%40xxxxxxx.xxx`,
    );
  });

  it('is unpacked, XML too', async () => {
    const url = await start();
    const xml = '<?xml version="1.0"?><call phone="777888999"><number>+420 777 888 999</number><id>31</id></call>';
    answer = (response) =>
      response.writeHead(200, { 'content-type': 'application/xml', 'content-encoding': 'gzip' }).end(gzipSync(xml));
    expect(await (await fetch(url)).text()).toBe(xml);
    const [fixture] = await fixtures();
    expect((fixture?.answer as { body: string }).body).toMatch(
      /^<\?xml version="1.0"\?><call phone="777(\d{3})(\d{3})"><number>\+420 777 \1 \2<\/number><id>31<\/id><\/call>$/,
    );
  });

  it('is numbered on, and never written over', async () => {
    await (await post(await start(), {})).text();
    await fixtures();
    await (await post(`${await start()}/a/b.php?x=1`, {})).text();
    await fixtures();
    expect((await readdir(folder)).sort()).toEqual(['0001-POST-root.json', '0002-POST-a-b-php.json']);
  });
});

describe('numbers of another name', () => {
  const redact = () => new PseudonymRedactor(new Pseudonyms('CZ'));
  it('differ from recording to recording', () => {
    const body = '{"caller_number":"777888999"}';
    const several = new Set(Array.from({ length: 5 }, () => redact().body(body, 'application/json')));
    expect(several.size).toBeGreaterThan(1);
  });

  it.each([
    ['{"received_digits":"0042"}', /"00[1-9]\d"/, /0042/],
    ['{"received_digits":"9"}', /"9"/, /never/],
    ['{"phone":420777888999}', /:420777\d{6}\}/, /888999/],
    ['{"timestamp":1795252530,"started_at":"2026-11-21T10:15:30+01:00"}', /1795252530.*2026-11-21T10:15:30/, /never/],
    ['{"call":{"from":"+421903123456"}}', /"\+421903\d{6}"/, /123456/],
    ['{"driver":{"full_name":"Иван Петров","plate":"А123ВС77"}}', /"xxxx xxxxxx".*"x000xx00"/, /Иван|123/],
    ['{"caller_number":"777888999","x":"777888998"}', /777/, /888999|888998/],
    ['{"car_number":"А123ВС777","gos_number":"1AB 2345"}', /"x000xx000".*"0xx 0000"/, /123|1AB/],
    ['{"from":"Ленина 125","to":{"lat":55.7558,"lon":"37.61"}}', /"xxxxxx 000".*:0,"lon":"00.00"/, /Ленина|55|37/],
    ['{"worker":{"fio":"Иван"},"from":"driver"}', /"fio":"xxxx".*"from":"driver"/, /Иван/],
    ['{"status_name":"Исполнитель прибыл","city_id":"26068"}', /"Исполнитель прибыл","city_id":"26068"/, /never/],
    [
      '{"driver":"Ivan","to":"Lenina","client":"777888999"}',
      /"xxxx","to":"xxxxxx","client":"777\d{6}"/,
      /Ivan|Lenina|888999/,
    ],
    ['{"assigned_at":"2026-11-21","order_comment":"Jana"}', /"2026-11-21","order_comment":"xxxx"/, /Jana/],
    ['broken {"caller_number":"777888999', /broken/, /888999/],
  ])('%s', (body, expected, never) => {
    const hidden = redact().body(body, 'application/json');
    expect(hidden).toMatch(expected);
    expect(hidden).not.toMatch(never);
  });
});

describe('the command', () => {
  it('records a real exchange, which replays well', async () => {
    const shop = await startNodeShop();
    const end = new AbortController();
    let out = '';
    const terminal = {
      env: {},
      out: (text: string) => (out += text),
      error: (text: string) => (out += text),
      until: end.signal,
    };
    const done = runCommand(['record', '--listen', '0', '--to', shop.url, '--out', folder], terminal);
    await expect.poll(() => out).toMatch(/Forwarding from/);
    const url = `${/http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? ''}/launch.php?s=telfa`;
    const call = { caller_number: '777888999', called_number: '222333444' };
    await post(url, call);
    await post(url, { pokracovani: '0', ...call, received_digits: '1001' });
    // After the prompt: the digits came with the request before this one, and are sent once.
    await post(url, { pokracovani: '9', ...call });
    end.abort();
    expect(await done).toBe(0);
    await shop.stop();
    expect(out).toMatch(/3 exchanges are in/);
    const replayed = await replay();
    expect(replayed.out).toMatch(/3 passed, 0 failed, 0 warned/);
    expect(replayed.code).toBe(0);
  });

  async function replay(): Promise<{ code: number; out: string }> {
    let out = '';
    const print = (text: string) => (out += text);
    return { code: await runCommand(['verify', '--fixtures', folder], { env: {}, out: print, error: print }), out };
  }

  it.each([
    [['--to', 'http://127.0.0.1:9', '--out', 'x'], /--listen/],
    [['--listen', '8091', '--out', 'x'], /--to is the URL/],
    [['--listen', '8091', '--to', 'http://127.0.0.1:9'], /--out DIR/],
    [['--listen', '70000', '--to', 'http://127.0.0.1:9', '--out', 'x'], /--listen/],
    [['--listen', '8091', '--to', 'http://127.0.0.1:9', '--out', 'x', '--country', 'XX'], /--country/],
  ])('is called wrongly: %j', async (args, message) => {
    let error = '';
    const code = await runCommand(['record', ...args], {
      env: {},
      out: () => undefined,
      error: (text) => (error += text),
    });
    expect(error).toMatch(message);
    expect(code).toBe(2);
  });
});

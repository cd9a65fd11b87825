import { setTimeout as delay } from 'node:timers/promises';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import type { Gateway } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { memoryNeededMb, rawRequest, type RawAnswer } from './raw-http.js';
import { LINE, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/** Any input to a running gateway gets a clear answer, changes nothing by half, and calls continue. */

const BAD_DOCUMENTS = path.resolve(import.meta.dirname, '../data/bad');
const UPLOAD_BYTES = 100 * 1024 * 1024;
/** An upload is checked while it arrives; the garbage collector may use this much more memory (MB). */
const SLACK_MB = 60;

let asterisk: TestAsterisk;
let harness: ShopHarness;
let gateway: Gateway;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
  gateway = harness.gateway;
});

afterAll(async () => {
  // No request was logged as a fault of the gateway.
  expect(gateway.output).not.toMatch(/"level":(50|60)/);
  await harness.stop();
  await asterisk.stop();
});

const authorization = () => `Bearer ${gateway.token}`;

interface Problem {
  status: number;
  title: string;
  detail: string;
  errors?: { field: string; detail: string }[];
  problems?: { severity: string; line: number; message: string; remedy?: string }[];
}

interface Api {
  paths: Record<string, Record<string, { security: unknown[]; requestBody?: { content: Record<string, unknown> } }>>;
}

async function operations() {
  const { paths } = await gateway.api<Api>('/openapi.json');
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      template,
      pathname: template
        .replace('{id}', '1')
        .replace('{language}', 'cs')
        .replace('{number}', '%2B420777888999')
        .replace('{step}', 'connect')
        .replace(/\{\w+\}/, 'x'),
      operation,
    })),
  );
}

describe('an invalid configuration', () => {
  const put = (body: string) =>
    gateway.fetch('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
  const exported = async () => (await gateway.fetch('/api/v1/config')).text();

  it('is refused with the line and the remedy, and changes nothing', async () => {
    const before = await exported();
    const files = await readdir(BAD_DOCUMENTS);
    expect(files).toEqual(
      expect.arrayContaining(['tab.yaml', 'laughs.yaml', 'unknown-words.yaml', 'wrong-types.yaml', 'course.yaml']),
    );
    for (const file of files) {
      const response = await put(await readFile(path.join(BAD_DOCUMENTS, file), 'utf8'));
      const { problems = [] } = (await response.json()) as Problem;
      expect({ file, status: response.status }).toEqual({ file, status: 422 });
      const errors = problems.filter(({ severity }) => severity === 'error');
      expect(errors.length, file).toBeGreaterThan(0);
      for (const { line, message } of errors) expect([file, line >= 1, message !== '']).toEqual([file, true, true]);
      expect(
        errors.some(({ remedy }) => remedy),
        file,
      ).toBeTruthy();
      expect(await exported()).toBe(before);
    }
  });

  it('that is half valid is not applied in part', async () => {
    const before = await exported();
    const half = before
      .replace('display_name: Tester', 'display_name: Changed')
      .replace('timeout: 8s', 'timeout: soon');
    expect(half).toContain('Changed');
    expect(half).toContain('soon');
    const response = await put(half);
    expect(response.status).toBe(422);
    expect(await exported()).toBe(before);
  });

  it.each([
    ['a bomb of 200,000 brackets', '['.repeat(200_000)],
    ['2 MB', `version: 1\n# ${'x'.repeat(2 * 1024 * 1024)}`],
    ['no UTF-8', Buffer.from([0x76, 0xff, 0xfe, 0x00]).toString('latin1')],
    ['nothing but a NUL', '\0'],
  ])('%s is refused within a second', async (_what, body) => {
    const startedAt = Date.now();
    const response = await put(body);
    expect([400, 413, 422]).toContain(response.status);
    expect(((await response.json()) as Problem).detail).not.toBe('');
    expect(Date.now() - startedAt).toBeLessThan(1000);
  });
});

describe('an upload', () => {
  const upload = (more: object) =>
    rawRequest(gateway, '/api/v1/audio', {
      method: 'POST',
      ...more,
      headers: {
        authorization: authorization(),
        'content-type': 'audio/wav',
        ...(more as { headers?: object }).headers,
      },
    });
  const leftovers = () => readdir(path.join(gateway.dir, 'data/audio/tmp'));

  it.each([
    ['that says it has 100 MB', { bytes: UPLOAD_BYTES, headers: { 'content-length': String(UPLOAD_BYTES) } }, 413],
    ['of 100 MB that does not say so', { bytes: UPLOAD_BYTES }, 413],
    [
      'of 19 MB whose sender is gone before its end',
      { bytes: UPLOAD_BYTES, cutAfterBytes: 10 * 1024 * 1024, headers: { 'content-length': String(19 * 1024 * 1024) } },
      undefined,
    ],
  ])('%s is cut off, and takes no memory', async (_what, request, status) => {
    let answer: RawAnswer | undefined;
    const logged = gateway.output.length;
    const neededMb = await memoryNeededMb(gateway, async () => {
      answer = await upload(request);
      await expect
        .poll(() => gateway.output.slice(logged))
        .toMatch(/"route":"\/api\/v1\/audio","method":"POST","status":4(00|13)/);
      expect(await leftovers()).toEqual([]);
    });
    expect(answer?.status).toBe(status);
    if (answer) expect(JSON.parse(answer.body)).toMatchObject({ status: 413, title: expect.any(String) as string });
    expect(neededMb).toBeLessThan(SLACK_MB);
  });

  it('of text named .wav is refused with a message', async () => {
    const form = new FormData();
    form.set('audio', new Blob(['To whom it may concern: this is a letter.'], { type: 'audio/wav' }), 'welcome.wav');
    const prompts = await (await gateway.fetch('/api/v1/prompts')).text();
    for (const [method, pathname] of [
      ['POST', '/api/v1/audio'],
      ['PUT', '/api/v1/prompts/1/audio/cs'],
    ] as const) {
      const response = await gateway.fetch(pathname, { method, body: form });
      expect(response.status).toBe(422);
      const { errors } = (await response.json()) as Problem;
      expect(errors?.[0]).toMatchObject({ field: 'audio' });
      expect(errors?.[0]?.detail).toMatch(/WAV/);
    }
    expect(await (await gateway.fetch('/api/v1/prompts')).text()).toBe(prompts);
    expect(await leftovers()).toEqual([]);
  });
});

describe('authorization', () => {
  it('every route except the public ones refuses a request without a token', async () => {
    const all = await operations();
    const open = all.filter(({ operation }) => operation.security.length === 0).map(({ template }) => template);
    expect(open.sort()).toEqual([
      '/api/v1/phone-sessions',
      '/api/v1/setup/account',
      '/healthz',
      '/media/{file}',
      '/openapi.json',
      '/phone-frame',
      '/phone.js',
      '/provisioning/{token}/{file}',
      '/readyz',
    ]);
    for (const { method, pathname, template } of all) {
      const answer = await rawRequest(gateway, pathname, { method });
      expect([method, pathname, answer?.status === 401]).toEqual([method, pathname, !open.includes(template)]);
    }
    for (const page of ['/', '/prompts', '/prompts/20', '/calls', '/calls/x'])
      expect([page, (await rawRequest(gateway, page))?.status]).toEqual([page, 303]);
  });

  it('an unknown token is refused, a hundred of them are throttled, and the right one still works', async () => {
    const statuses = [];
    for (let n = 0; n < 100; n += 1)
      statuses.push(
        (await rawRequest(gateway, '/api/v1/calls', { headers: { authorization: `Bearer guess${n}` } }))?.status,
      );
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect((await gateway.fetch('/api/v1/calls')).status).toBe(200);
  });
});

describe('a request', () => {
  it('with oversized headers is refused', async () => {
    const answer = await rawRequest(gateway, '/healthz', { headers: { 'x-much': 'x'.repeat(100_000) } });
    expect(answer).toMatchObject({ status: 431, type: expect.stringContaining('problem+json') as string });
  });

  it.each(['/media/', '/prompts/', '/calls/', '/assets/', '/api/v1/prompts/', '/api/v1/handsets/'])(
    'for a path outside of %s finds nothing',
    async (root) => {
      const up = ['../../../../etc/passwd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '..%2f..%2f..%2f..%2fetc%2fpasswd'];
      const odd = ['....//....//etc/passwd', '..\\..\\etc\\passwd', '%00', '%ff', '%', '..%252f..%252fetc%252fpasswd'];
      for (const way of [...up, ...odd, `${'0'.repeat(64)}.wav%00.txt`, '../cordboard.db', '..%2fcordboard.db']) {
        const answer = await rawRequest(gateway, root + way, { headers: { authorization: authorization() } });
        expect([way, answer?.status]).toEqual([
          way,
          expect.toSatisfy((status: number) => status >= 400 && status < 500),
        ]);
        expect(answer?.body).not.toMatch(/root:|SQLite/);
      }
    },
  );

  it('with JSON of the wrong type is refused with the field', async () => {
    const takesJson = (await operations()).filter(
      ({ operation, pathname, template }) =>
        'application/json' in (operation.requestBody?.content ?? {}) &&
        !pathname.endsWith('/config') &&
        template.startsWith('/api/v1/') &&
        !template.includes('{section}') &&
        !pathname.endsWith('/lint'),
    );
    expect(takesJson.map(({ template }) => template)).toEqual(
      expect.arrayContaining(['/api/v1/simulate', '/api/v1/prompts', '/api/v1/prompts/{id}']),
    );
    const bodies = [
      '[]',
      '"text"',
      'null',
      '1e999',
      '{"__proto__":{"admin":true}}',
      '{',
      '',
      '{"name":{"a":[1]},"line":7}',
    ];
    for (const { method, pathname } of takesJson) {
      // So that all of them are fewer than the limit of requests a second.
      await delay(80);
      for (const body of bodies) {
        const answer = await rawRequest(gateway, pathname, {
          method,
          body,
          headers: { authorization: authorization(), 'content-type': 'application/json' },
        });
        expect([pathname, body, answer?.status]).toEqual([
          pathname,
          body,
          expect.toSatisfy((status: number) => status === 400 || status === 422),
        ]);
        expect((JSON.parse(answer?.body ?? '') as Problem).errors?.[0]?.field, body).toMatch(/^body/);
      }
    }
  });
});

it('1,000 silent connections disturb no other client, and are closed', async () => {
  const sockets: Socket[] = [];
  try {
    const neededMb = await memoryNeededMb(gateway, async () => {
      for (let n = 0; n < 1000; n += 1)
        sockets.push(
          connect(gateway.port, '127.0.0.1')
            .on('error', () => undefined)
            .resume(),
        );
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      const startedAt = Date.now();
      expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
      expect(Date.now() - startedAt).toBeLessThan(500);
      const call = await (await harness.caller()).dial(LINE);
      await call.hears(prompt(P.menu));
      await call.hangUp();
    });
    expect(neededMb).toBeLessThan(SLACK_MB);
    await expect.poll(() => sockets.filter(({ closed }) => !closed).length, { timeout: 15_000 }).toBe(0);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});

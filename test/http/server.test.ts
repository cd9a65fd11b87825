import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { json } from '../../src/http/answer.js';
import { html } from '../../src/http/html.js';
import { ApiDescription } from '../../src/http/openapi.js';
import { route, type Route } from '../../src/http/route.js';
import { ADMIN, asAdmin, exampleRoutes, READER, startServer, type TestServer } from './http-harness.js';

let running: TestServer | undefined;

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(...args: Parameters<typeof startServer>): Promise<TestServer> {
  running = await startServer(...args);
  return running;
}

test('a request without a token is refused, one with the wrong scope too, and the answers say what is needed', async () => {
  const { url } = await start();
  const none = await fetch(`${url}/api/v1/things/1`);
  expect(none.status).toBe(401);
  expect(none.headers.get('www-authenticate')).toContain('Bearer');
  expect(none.headers.get('content-type')).toContain('application/problem+json');
  const wrong = await fetch(`${url}/api/v1/things/1`, { headers: { authorization: 'Bearer nonsense' } });
  expect(wrong.status).toBe(401);
  const reader = await fetch(`${url}/api/v1/things/1`, { headers: { authorization: `Bearer ${READER}` } });
  expect(reader.status).toBe(403);
  expect(await reader.json()).toMatchObject({ needed_scope: 'config:read' });
  const admin = await fetch(`${url}/api/v1/things/1`, { headers: asAdmin });
  expect(await admin.json()).toEqual({ id: 1, who: 'admin' });
});

test('every route needs its scope: nothing but the public ones answers a stranger', async () => {
  const { url } = await start();
  for (const { method, path, scope } of exampleRoutes()) {
    const answer = await fetch(url + path.replace(':id', '1'), { method, redirect: 'manual' });
    expect(answer.ok, `${method} ${path}`).toBe(false);
    if (scope !== 'public') expect([303, 401, 403], `${method} ${path}`).toContain(answer.status);
  }
});

test('an address whose part cannot be an id is nothing, as one with an id that does not exist', async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/api/v1/things/none`, { headers: asAdmin });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'not_found', errors: [{ field: 'path.id' }] });
});

test('a wrong field is named with the remedy', async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/api/v1/things?dry_run=maybe`, {
    method: 'POST',
    headers: { ...asAdmin, 'content-type': 'application/json' },
    body: '{"name":"x"}',
  });
  expect(answer.status).toBe(422);
  const body = await fetch(`${url}/api/v1/things`, {
    method: 'POST',
    headers: { ...asAdmin, 'content-type': 'application/json' },
    body: '{"name":7,"colour":"red"}',
  });
  const problem = (await body.json()) as { errors: { field: string }[] };
  expect(problem.errors.map(({ field }) => field).sort()).toEqual(['body', 'body.name']);
});

test('bodies: not JSON, not UTF-8, of another type', async () => {
  const { url } = await start();
  const post = (body: BodyInit, type = 'application/json') =>
    fetch(`${url}/api/v1/things`, { method: 'POST', headers: { ...asAdmin, 'content-type': type }, body });
  const malformed = await post('{"name":"+420777888999');
  expect(malformed.status).toBe(400);
  expect(await malformed.text()).not.toContain('777888999');
  expect((await post(new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400);
  const type = await post('name=x', 'text/plain');
  expect(type.status).toBe(415);
  expect(await type.json()).toMatchObject({ errors: [{ field: 'header.content-type' }] });
  expect((await post('{"name":"žluťoučký"}')).status).toBe(201);
});

test('a body that is too large is refused, said in advance or not', async () => {
  const { url, port } = await start();
  const known = await fetch(`${url}/api/v1/things`, {
    method: 'POST',
    headers: { ...asAdmin, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'x'.repeat(2_000_000) }),
  });
  expect(known.status).toBe(413);
  const chunked = request({
    port,
    method: 'POST',
    path: '/api/v1/things',
    headers: { ...asAdmin, 'content-type': 'application/json' },
  });
  for (let sent = 0; sent < 20; sent += 1) chunked.write('x'.repeat(100_000));
  const [answer] = (await once(chunked, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  expect(answer.statusCode).toBe(413);
  chunked.destroy();
});

test('who asks before sending is refused before a byte of the body is sent', async () => {
  const { port } = await start();
  const upload = request({
    port,
    method: 'POST',
    path: '/api/v1/things',
    headers: { ...asAdmin, 'content-type': 'application/json', 'content-length': 100_000_000, expect: '100-continue' },
  });
  let allowed = false;
  upload.on('continue', () => (allowed = true));
  upload.flushHeaders();
  const [answer] = (await once(upload, 'response')) as [{ statusCode: number }];
  expect(answer.statusCode).toBe(413);
  expect(allowed).toBe(false);
  upload.destroy();
});

test('headers that are too large get 431, nonsense gets 400, both as problems', async () => {
  const { port } = await start();
  expect(await raw(port, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 431 [\s\S]*application\/problem\+json/,
  );
  expect(await raw(port, 'HELO you\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
});

test('a client that dribbles its headers is cut off', async () => {
  const { port } = await start(undefined, { limits: { headersTimeoutMs: 300 } });
  expect(await raw(port, 'GET /healthz HTTP/1.1\r\nHost: x\r\n')).toMatch(/^HTTP\/1.1 408 /);
});

test('a client that dribbles its body is cut off', async () => {
  const { port } = await start(undefined, { limits: { requestTimeoutMs: 300, headersTimeoutMs: 200 } });
  const head = `POST /api/v1/things HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`;
  expect(await raw(port, head)).toMatch(/^HTTP\/1.1 408 /);
});

test('a token has its rate, another token is not held up by it', async () => {
  const { url } = await start(undefined, { limits: { requestBurst: 3, requestsPerSecond: 0.01 } });
  const get = (token: string) => fetch(`${url}/page`, { headers: { authorization: `Bearer ${token}` } });
  expect([(await get(ADMIN)).status, (await get(ADMIN)).status, (await get(ADMIN)).status]).toEqual([200, 200, 200]);
  const over = await get(ADMIN);
  expect(over.status).toBe(429);
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await get(READER)).status).toBe(200);
});

test('wrong tokens are slowed down', async () => {
  const { url } = await start(undefined, { limits: { failuresBurst: 2, failuresPerSecond: 0.01 } });
  const guess = () => fetch(`${url}/api/v1/things/1`, { headers: { authorization: 'Bearer guess' } });
  expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 429]);
  expect((await fetch(`${url}/api/v1/things/1`, { headers: asAdmin })).status).toBe(200);
});

test('request ids are returned; a missing or invalid one is generated', async () => {
  const { url } = await start();
  const idOf = async (headers: Record<string, string>) =>
    (await fetch(`${url}/healthz`, { headers })).headers.get('x-request-id');
  expect(await idOf({ 'x-request-id': 'abc-1' })).toBe('abc-1');
  expect(await idOf({ 'x-request-id': 'a b"c' })).toMatch(/^[0-9a-f-]{36}$/);
});

test('an error inside is hidden from the client', async () => {
  const { url } = await start();
  const answer = await fetch(`${url}/broken`);
  expect(answer.status).toBe(500);
  const text = await answer.text();
  expect(text).not.toContain('777888999');
  expect(text).toContain(answer.headers.get('x-request-id')!);
});

test('unknown paths and methods', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/nothing`)).status).toBe(404);
  const method = await fetch(`${url}/api/v1/things/1`, { method: 'DELETE' });
  expect(method.status).toBe(405);
  expect(method.headers.get('allow')).toBe('GET');
});

test('pages: strangers go to the login, the session cookie lets in, headers forbid scripts of others', async () => {
  const { url, sessions } = await start();
  const stranger = await fetch(`${url}/page?x=1`, { redirect: 'manual' });
  expect(stranger.status).toBe(303);
  expect(stranger.headers.get('location')).toBe('/login?next=%2Fpage%3Fx%3D1');
  const cookie = sessions.begin(READER)!.split(';')[0]!;
  const page = await fetch(`${url}/page`, { headers: { cookie } });
  expect(await page.text()).toBe('<p>reader</p>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
});

test('a form is taken from our own pages only', async () => {
  const { url, port, sessions } = await start();
  const cookie = sessions.begin(READER)!.split(';')[0]!;
  const post = (headers: Record<string, string>) =>
    fetch(`${url}/page`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: 'text=<b>',
    });
  expect((await post({ 'sec-fetch-site': 'cross-site', origin: `http://127.0.0.1:${port}` })).status).toBe(403);
  expect((await post({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
  expect((await rawPost(port, cookie)).startsWith('HTTP/1.1 403')).toBe(true);
  expect(await (await post({ origin: `http://127.0.0.1:${port}` })).text()).toBe('<p>&lt;b&gt;</p>');
  expect((await rawPost(port, cookie, 'http://evil.example')).startsWith('HTTP/1.1 403')).toBe(true);
});

test('the API refuses changes that ride on a cookie from elsewhere', async () => {
  const { url, sessions } = await start();
  const answer = await fetch(`${url}/api/v1/things`, {
    method: 'POST',
    headers: {
      cookie: sessions.begin(ADMIN)!.split(';')[0]!,
      'content-type': 'application/json',
      'sec-fetch-site': 'cross-site',
    },
    body: '{"name":"x"}',
  });
  expect(answer.status).toBe(403);
});

test('readiness names what cannot be used, also a check that hangs or throws', async () => {
  const { healthRoutes } = await import('../../src/http/health.js');
  const routes = healthRoutes({
    ari: () => 'not connected',
    amI: () => undefined,
    disk: () => Promise.reject(new Error('full')),
  });
  const readyz = routes.find(({ path }) => path === '/readyz')!;
  const answer = await readyz.handle({} as Parameters<Route['handle']>[0]);
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.body as string)).toEqual({
    status: 'not ready',
    checks: { ari: 'not connected', amI: 'ok', disk: 'full' },
    problems: [
      { check: 'ari', problem: 'not connected', blocking: true },
      { check: 'disk', problem: 'full', blocking: true },
    ],
  });
});

test('the description holds each route once, with its schema and scope', async () => {
  const { url } = await start();
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { 'x-scope': string; requestBody?: unknown; parameters: unknown[] }>>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(document.paths['/api/v1/things']?.['post']).toMatchObject({
    'x-scope': 'config:write',
    requestBody: { content: { 'application/json': { schema: { required: ['name'] } } } },
    parameters: [{ name: 'dry_run', in: 'query', required: false }],
  });
  expect(document.paths['/api/v1/things/{id}']?.['get']?.parameters).toMatchObject([
    { name: 'id', in: 'path', required: true },
  ]);
  expect(document.paths['/page']).toBeUndefined();
});

test('the description is built with a turn of the event loop for each route', async () => {
  const routes = exampleRoutes();
  let turns = 0;
  let building = true;
  const count = () => {
    turns += 1;
    if (building) setImmediate(count);
  };
  setImmediate(count);
  await new ApiDescription(routes, { version: '0.0.0' }).read();
  building = false;
  expect(turns).toBeGreaterThanOrEqual(routes.filter(({ kind }) => kind !== 'page').length);
});

test('metrics need their scope and count by route', async () => {
  const { url } = await start();
  await fetch(`${url}/api/v1/things/7`, { headers: asAdmin });
  expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${READER}` } })).status).toBe(403);
  const text = await (await fetch(`${url}/metrics`, { headers: asAdmin })).text();
  expect(text).toContain(
    'cordboard_http_request_seconds_count{route="/api/v1/things/:id",method="GET",status="200"} 1',
  );
});

test('a gateway that another one has replaced changes nothing, and still answers questions', async () => {
  const made = vi.fn();
  const routes = [
    route({
      method: 'POST',
      path: '/things',
      scope: 'public',
      summary: 'Makes a thing',
      handle: () => {
        made();
        return json({}, 201);
      },
    }),
    ...exampleRoutes(),
  ];
  const replaced = await start(routes, {
    ownership: () => Promise.reject(new Error('another one owns the node')),
  });
  const response = await fetch(`${replaced.url}/things`, { method: 'POST' });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(made).not.toHaveBeenCalled();
  expect((await fetch(`${replaced.url}/api/v1/things/1`, { headers: asAdmin })).status).toBe(200);
});

test('stop lets requests in progress end and refuses new ones', async () => {
  let release: () => void = () => undefined;
  let entered: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => (entered = resolve));
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow = route({
    method: 'GET',
    path: '/slow',
    scope: 'public',
    summary: 'Slow',
    handle: async () => {
      entered();
      await gate;
      return json('done');
    },
  });
  const { url, server } = await start([slow]);
  const inProgress = fetch(`${url}/slow`);
  await inside;
  const stopped = server.stop();
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  release();
  expect(await (await inProgress).json()).toBe('done');
  await stopped;
});

test('stop cuts off what does not end', async () => {
  const hung = route({
    method: 'GET',
    path: '/hung',
    scope: 'public',
    summary: 'Hangs',
    handle: () => new Promise(() => undefined),
  });
  const { url, server } = await start([hung], { limits: { drainTimeoutMs: 50 } });
  const lost = expect(fetch(`${url}/hung`)).rejects.toThrow();
  await fetch(`${url}/healthz`);
  await server.stop();
  await lost;
});

test('HTML escapes what it is given', () => {
  expect(html`<a title="${'"><script>'}">${['&', html`<i></i>`]}</a>`.markup).toBe(
    '<a title="&quot;&gt;&lt;script&gt;">&amp;<i></i></a>',
  );
});

/** Sends bytes as they are and returns everything that comes back until the server closes. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket: Socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  await once(socket, 'close');
  return received;
}

function rawPost(port: number, cookie: string, origin?: string): Promise<string> {
  const lines = ['POST /page HTTP/1.1', `Host: 127.0.0.1:${port}`, `Cookie: ${cookie}`, 'Connection: close'];
  if (origin !== undefined) lines.push(`Origin: ${origin}`);
  return raw(
    port,
    [...lines, 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 6', '', 'text=x'].join('\r\n'),
  );
}

test('browsers that come over https receive Strict-Transport-Security', async () => {
  const { url } = await start(undefined, { secure: true });
  const answers = [await fetch(`${url}/healthz`), await fetch(`${url}/nothing`)];
  expect(answers.map(({ headers }) => headers.get('strict-transport-security'))).toEqual([
    'max-age=31536000',
    'max-age=31536000',
  ]);
});

test('and not where they do not', async () => {
  const { url } = await start();
  expect((await fetch(`${url}/healthz`)).headers.has('strict-transport-security')).toBe(false);
});

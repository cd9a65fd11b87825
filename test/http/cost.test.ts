import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows } from '../../src/integrations/telfa/control/endpoints/index.js';
import { ListedGateway } from './listed-gateway.js';

/**
 * What a stranger or a reader sends costs the event loop of the gateway no more than in proportion to its size: on every route that the
 * router has, and on those of the integrations, which are found by their own rules. Measured is the CPU time of the built gateway's main
 * thread, which depends neither on other processes nor on the threads that documents are checked in.
 */

const READER = randomBytes(24).toString('hex');
/** Bytes of the smaller one of two bodies; the other one has four times as many. Both are within the limits for that caller. */
const SMALL_BYTES = { 'a stranger': 2_000, 'a reader': 12_000, 'a page': 12_000 };
/** The same of queries. */
const SMALL_QUERY_BYTES = 1_500;
const RUNS = 3;
/** Linear is 4, quadratic is 16. What is not measurable counts as the noise. */
const MOST_GROWTH = 8;
const NOISE_MS = 2.5;

let gateway: ListedGateway;
let url: string;
let cookie: string;
let routes: { path: string; method: string }[];
let requests = 0;

beforeAll(async () => {
  gateway = await ListedGateway.start({
    HTTP_PROXIES: '1',
    CORDBOARD_API_TOKEN: randomBytes(24).toString('hex'),
    CORDBOARD_READER_TOKEN: READER,
  });
  ({ url } = gateway);
  routes = await gateway.routes();
  const controlled = rows.map(({ method, path: template }) => ({ method, path: `${template}.json` }));
  const paths = ['/integration/gootaxpro/any', '/integration/key/none/any', '/telfa/any.xml'];
  routes.push(...controlled, ...paths.map((each) => ({ method: 'POST', path: each })));
  const login = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams({ token: READER }),
    redirect: 'manual',
  });
  cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
}, 120_000);

afterAll(() => gateway.stop());

type Body = (bytes: number) => { type: string; text: string };
const repeated = (piece: (index: number) => string, bytes: number, separator: string) =>
  Array.from({ length: Math.floor(bytes / (piece(100).length + separator.length)) }, (_, index) => piece(index)).join(
    separator,
  );

const bodies: Record<string, Body> = {
  'a form': (bytes) => ({
    type: 'application/x-www-form-urlencoded',
    text: repeated((index) => `field_${index}=value`, bytes, '&'),
  }),
  JSON: (bytes) => ({ type: 'application/json', text: `{${repeated((index) => `"name_${index}":1`, bytes, ',')}}` }),
  'one long text in JSON': (bytes) => ({ type: 'application/json', text: `{"_car${'_car'.repeat(bytes / 4)}!":"x"}` }),
  XML: (bytes) => ({ type: 'application/xml', text: `<a>${repeated(() => '<b>1</b>', bytes, '')}</a>` }),
  YAML: (bytes) => ({
    type: 'application/yaml',
    text: `version: 1\nparts:\n${repeated((index) => `  p${index}: [{go_to_part: q${index}}]`, bytes, '\n')}`,
  }),
};

type Caller = 'a stranger' | 'a reader' | 'a page';
const headersOf: Record<Caller, () => Record<string, string>> = {
  'a stranger': () => ({}),
  'a reader': () => ({ authorization: `Bearer ${READER}` }),
  'a page': () => ({ cookie, origin: url }),
};

async function send(
  route: { path: string; method: string },
  caller: Caller,
  query: string,
  body?: { type: string; text: string },
) {
  const target = `${url}${route.path.replace(/:\w+/g, '1').replace('*', 'x')}?${query}`;
  requests += 1;
  const headers = {
    ...headersOf[caller](),
    // Each from an address of its own: limits must not hide what a request costs.
    'x-forwarded-for': `198.51.${(requests >> 8) & 255}.${requests & 255}`,
    ...(body && { 'content-type': body.type }),
  };
  const answer = await fetch(target, { method: route.method, headers, body: body?.text ?? null, redirect: 'manual' });
  await answer.arrayBuffer();
  // What is refused for its number costs nothing, and would hide what it costs.
  if (answer.status === 429) throw new Error(`${route.method} ${route.path} was refused`);
}

/** The least of several runs; a cost that is too small to be compared is not measured again. */
async function cost(request: () => Promise<unknown>, small: number): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS && least > small; run++) {
    const before = await gateway.cpuMs();
    await request();
    least = Math.min(least, (await gateway.cpuMs()) - before);
  }
  return least;
}

async function growthOf(smallBytes: number, request: (bytes: number) => Promise<unknown>): Promise<number> {
  const large = await cost(() => request(4 * smallBytes), MOST_GROWTH * NOISE_MS);
  if (large <= MOST_GROWTH * NOISE_MS) return 0;
  return large / Math.max(NOISE_MS, await cost(() => request(smallBytes), NOISE_MS));
}

it('lists the routes of the real router', () => {
  expect(routes.length).toBeGreaterThan(100);
  expect(routes.map((route) => route.path)).toEqual(expect.arrayContaining(['/login', '/api/v1/config/lint', '/docs']));
  expect(cookie).not.toBe('');
});

const callers = Object.keys(headersOf) as Caller[];

it.each(callers)('%s: the query of every route', { timeout: 300_000 }, async (caller) => {
  const found: string[] = [];
  for (const route of routes) {
    const growth = await growthOf(SMALL_QUERY_BYTES, (bytes) =>
      send(
        route,
        caller,
        repeated((index) => `f${index}=v`, bytes, '&'),
      ),
    );
    if (growth > MOST_GROWTH) found.push(`${route.method} ${route.path}: ${growth}`);
    await rest();
  }
  expect(found).toEqual([]);
});

it.each(callers.flatMap((caller) => Object.keys(bodies).map((kind) => [caller, kind] as const)))(
  '%s: %s in the body of every route that takes one',
  { timeout: 300_000 },
  async (caller, kind) => {
    const found: string[] = [];
    for (const route of routes.filter(({ method }) => method !== 'GET' && method !== 'HEAD')) {
      const growth = await growthOf(SMALL_BYTES[caller], (bytes) => send(route, caller, '', bodies[kind]?.(bytes)));
      if (growth > MOST_GROWTH) found.push(`${route.method} ${route.path}: ${growth}`);
      await rest();
    }
    expect(found).toEqual([]);
  },
);

/** Of one reader a hundred requests a second are answered. */
async function rest(): Promise<void> {
  await delay(20);
}

/** A sample shop: `node shop.mjs`, then point a plan's hand_over at http://127.0.0.1:8090/launch.php?s=telfa */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { answer, problemOf } from './answer.mjs';
import { customers } from './customers.mjs';
import { page } from './page.mjs';
import { gatewayKey } from './panel/gateway-key.mjs';
import { Panel } from './panel/panel.mjs';
import { isSigned } from './panel/signature.mjs';

const MOST_BYTES = 64 * 1024;
const settings = load('settings.json');
/** By order number, as a string: 0042 is not 42. */
const orders = new Map(Object.entries(load('orders.json')));

const { env } = process;
const customerOf = customers(load('customers.json'), (number) => orders.get(number));
/** What the gateway signs its requests with. */
const key = env.WEBHOOK_SHOP_KEY || undefined;
const panel = new Panel({
  key,
  file: env.SHOP_STATE || undefined,
  gateway: {
    url: env.GATEWAY_URL || 'http://127.0.0.1:8080',
    login: env.GATEWAY_LOGIN || undefined,
    get apiKey() {
      return gatewayKey(env);
    },
  },
  customerOf,
  rejectPrompt: settings.reject_call,
});

const routes = {
  'GET /': () => [200, 'text/html; charset=utf-8', page(orders, Object.keys(settings.statuses))],
  'GET /panel': () => file('panel/panel.html', 'text/html; charset=utf-8'),
  'GET /panel.css': () => file('panel/panel.css', 'text/css'),
  'GET /panel.js': () => file('panel/panel.js', 'text/javascript; charset=utf-8'),
  'POST /panel/reject': (...asked) => panel.reject(...asked),
  'POST /telfa/': (...asked) => panel.webhook(...asked),
  /** Who calls: the gateway asks it for its own monitor. */
  'POST /lookup': ({ headers }, url, body) => {
    if (key !== undefined && !isSigned(headers, body, key, Date.now() / 1000))
      return json(401, { error: 'not signed' });
    const customer = customerOf(String(parse(body)?.number ?? ''));
    return customer === undefined ? json(404, { error: 'nobody that we know' }) : json(200, customer);
  },
  'GET /healthz': () => json(200, { ok: true }),
  'POST /launch.php': (request, url, body) => {
    if (url.searchParams.get('s') !== 'telfa') return json(404, { error: 'only ?s=telfa is served here' });
    const call = parse(body);
    const problem = problemOf(call);
    if (problem !== undefined) return json(400, { error: problem });
    return json(
      200,
      answer(call, (number) => orders.get(number), settings),
    );
  },
  'POST /orders': (request, url, body) => {
    const { origin, host } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) return json(403, { error: 'not from another page' });
    const { number, status } = Object.fromEntries(new URLSearchParams(body));
    if (!orders.has(number)) return json(404, { error: 'no such order' });
    if (!Object.hasOwn(settings.statuses, status)) return json(400, { error: 'no such status' });
    orders.set(number, status);
    return [303, 'text/plain', '', { location: '/' }];
  },
};

const server = createServer(async (request, response) => {
  if (request.method === 'GET' && request.url === '/panel/events') return panel.stream(request, response);
  const [status, type, text, headers] = await reply(request);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
});
const port = Number(env.SHOP_PORT ?? 8090);
const host = env.SHOP_HOST || '127.0.0.1';
server.listen(port, host, () => console.log(`Sample shop on http://${host}:${server.address().port}/`));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    panel.close();
    server.close();
    server.closeAllConnections();
  });

async function reply(request) {
  try {
    const body = await bodyOf(request);
    if (body === undefined) return json(413, { error: `at most ${MOST_BYTES} bytes` });
    const url = new URL(request.url, 'http://shop');
    const route = routes[`${request.method} ${url.pathname}`];
    return (await route?.(request, url, body)) ?? json(404, { error: 'nothing here' });
  } catch (error) {
    console.error(error);
    return json(400, { error: 'that is no request this shop understands' });
  }
}

/** Undefined when it is too large: read to its end all the same, so that the sender hears why. */
async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  return bytes > MOST_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function json(status, value) {
  return [status, 'application/json', JSON.stringify(value)];
}

function load(name) {
  return JSON.parse(read(name));
}

function file(name, type) {
  return [200, type, read(name)];
}

function read(name) {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

/** A sample shop: `node shop.mjs`, then point a plan's hand_over at http://127.0.0.1:8090/launch.php?s=telfa */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { answer, problemOf } from './answer.mjs';
import { page } from './page.mjs';

const MOST_BYTES = 64 * 1024;
const settings = load('settings.json');
/** By order number, as a string: 0042 is not 42. */
const orders = new Map(Object.entries(load('orders.json')));

const routes = {
  'GET /': () => [200, 'text/html; charset=utf-8', page(orders, Object.keys(settings.statuses))],
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
  const [status, type, text, headers] = await reply(request);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
});
const port = Number(process.env.SHOP_PORT ?? 8090);
const host = process.env.SHOP_HOST ?? '127.0.0.1';
server.listen(port, host, () => console.log(`Sample shop on http://${host}:${server.address().port}/`));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });

async function reply(request) {
  try {
    const body = await bodyOf(request);
    if (body === undefined) return json(413, { error: `at most ${MOST_BYTES} bytes` });
    const url = new URL(request.url, 'http://shop');
    const route = routes[`${request.method} ${url.pathname}`];
    return route?.(request, url, body) ?? json(404, { error: 'nothing here' });
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

function load(file) {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

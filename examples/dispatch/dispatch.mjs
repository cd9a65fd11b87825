/** A sample dispatch: `node dispatch.mjs`, then open http://127.0.0.1:8091/ */
import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gatewayKey } from '../shop/panel/gateway-key.mjs';
import { isSigned } from '../shop/panel/signature.mjs';
import { Demo } from './demo.mjs';
import { Desk } from './desk.mjs';
import { Gateway } from './gateway.mjs';
import { bodyOf, file, isOurs, json, seeOther, tooLarge } from './http.mjs';
import { rides, statuses } from './statuses.mjs';
import { Store } from './store.mjs';
import { Streams } from './streams.mjs';

const { env } = process;
const settings = JSON.parse(readFileSync(env.DISPATCH_SETTINGS || new URL('settings.json', import.meta.url), 'utf8'));
const gatewayUrl = env.GATEWAY_URL || 'http://127.0.0.1:8080';
/** What is behind a telephone number on our pages. */
const callUrl = env.DISPATCH_CALL_URL || `${gatewayUrl}/click-to-call?number={number}`;
/** What the gateway signs its requests with. */
const key = env.WEBHOOK_DISPATCH_KEY || undefined;
/** Access tokens of operators, as `Eva=token,Petr=token`; none: everybody on this machine may open the form. */
const operators = (env.DISPATCH_OPERATORS || '').split(',').filter(Boolean).map(nameAndToken);

const streams = new Streams();
const desk = new Desk({
  settings,
  gateway: new Gateway({
    url: gatewayUrl,
    get informerToken() {
      return env.DISPATCH_INFORMER_TOKEN || gatewayKey(env) || '';
    },
    get apiToken() {
      return gatewayKey(env) ?? '';
    },
    connectPath: env.DISPATCH_CONNECT_PATH || undefined,
  }),
  store: new Store(env.DISPATCH_STATE || undefined),
  changed: () => streams.changed(),
});
const demo = new Demo(
  desk,
  { ...settings.demo, driver: settings.drivers[0].id, minutes: 5 },
  secondsOf(env.DISPATCH_DEMO_S, 30) * 1000,
);

const page = (name) => () => file(`pages/${name}.html`, 'text/html; charset=utf-8');
/** Of the pages: `/panel.js` and so on. */
const scripts = ['panel', 'order', 'app', 'page', 'texts', 'texts/cs', 'texts/ru', 'texts/en'];
const script = (name) => () => file(`pages/${name}.js`, 'text/javascript; charset=utf-8');

const routes = {
  'GET /': page('panel'),
  'GET /order': page('order'),
  'GET /app': page('app'),
  'GET /style.css': () => file('pages/style.css', 'text/css; charset=utf-8'),
  ...Object.fromEntries(scripts.map((name) => [`GET /${name}.js`, script(name)])),
  'GET /healthz': () => json(200, { ok: true, sample: 'dispatch' }),

  /** The screen pop: the gateway sends the operator's browser here. The token goes no further. */
  'GET /tenant/user/external-incoming-call': (_request, { searchParams }) => {
    const { access_token: token = '', clid = '', did = '', call_id: callId = '' } = Object.fromEntries(searchParams);
    const operator = operators.length === 0 ? '' : operators.find((each) => isSame(each.token, token))?.name;
    if (operator === undefined) return json(403, { error: 'no operator has this access_token' });
    desk.recordIncomingCall({ operator, clid, did, callId });
    return seeOther(`/order?${new URLSearchParams({ clid, did, call_id: callId })}`);
  },
  'GET /form': (_request, { searchParams }) => {
    const { clid, did, id } = Object.fromEntries(searchParams);
    const { branches, tariffs, drivers } = settings;
    const choices = {
      branches,
      tariffs,
      statuses,
      drivers: drivers.map(({ id: driver, name, plate }) => ({ id: driver, name, plate })),
    };
    return json(200, { ...desk.formOf({ clid, did, id }), ...choices, callUrl });
  },
  'POST /orders': ours(({ id, ...fields }) => {
    const problems = desk.problemsOf(fields);
    if (Object.keys(problems).length > 0) return json(422, { problems });
    const order = id === undefined ? desk.create(fields) : desk.edit(id, fields);
    return order ? json(200, { id: order.id }) : json(404, { error: 'there is no such order' });
  }),
  'POST /status': ours(({ id, status }) => {
    if (!statuses.includes(status)) return json(422, { problems: { status: 'unknown' } });
    return desk.move(id, status) ? json(200, {}) : json(404, { error: 'there is no such order' });
  }),
  'POST /resend': ours(({ id }) => (desk.resend(id) ? json(200, {}) : json(404, { error: 'there is no such order' }))),
  'POST /connect': ours(async ({ id, as }) => {
    if (as !== 'client' && as !== 'driver') return json(422, { problems: { as: 'unknown' } });
    const answer = await desk.connect(id, as);
    return json(answer.ok ? 202 : 409, answer);
  }),
  'POST /demo': ours(({ ride }) => {
    if (ride !== null && !Object.hasOwn(rides, ride)) return json(422, { problems: { ride: 'unknown' } });
    if (ride === null) demo.stop();
    else demo.start(ride);
    streams.changed();
    return json(200, {});
  }),

  /** The gateway's events of bridges and notifications. Responds with success only after they are stored. */
  'POST /webhook': ({ headers }, _url, body) => {
    if (!isFromGateway(headers, body)) return json(401, { error: 'not signed' });
    return desk.webhook(body) ? json(200, {}) : json(400, { error: 'event and event_id are wanted, as JSON' });
  },
  /** Which orders a caller has: requested by the gateway while it looks for an operator. */
  'GET /api/orders': ({ headers }, { searchParams }) => {
    if (!isFromGateway(headers, '')) return json(401, { error: 'not signed' });
    return json(200, { orders: desk.ordersOf(searchParams.get('phone') ?? '') });
  },
};

const server = createServer(async (request, response) => {
  const url = URL.parse(request.url, 'http://dispatch');
  if (request.method === 'GET' && url?.pathname === '/events') return streams.open(response, viewFor(url.searchParams));
  const [status, type, text, headers] = await reply(request, url);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
});
const host = env.DISPATCH_HOST || '127.0.0.1';
server.listen(Number(env.DISPATCH_PORT ?? 8091), host, () =>
  console.log(`Sample dispatch on http://${host}:${server.address().port}/`),
);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    demo.stop();
    streams.close();
    server.close();
    server.closeAllConnections();
  });

/** An app sees its order and no number; the panel sees all. */
function viewFor(query) {
  const as = query.get('as');
  if (as === 'client' || as === 'driver') return () => desk.appView(as, query.get('order'));
  return () => ({ ...desk.view(), rides: Object.keys(rides), statuses, demo: demo.running ?? null, callUrl });
}

async function reply(request, url) {
  try {
    const body = await bodyOf(request);
    if (body === undefined) return tooLarge();
    const name = `${request.method} ${url?.pathname}`;
    const handle = Object.hasOwn(routes, name) ? routes[name] : undefined;
    return (await handle?.(request, url, body)) ?? json(404, { error: 'nothing here' });
  } catch (error) {
    console.error(error);
    return json(400, { error: 'that is no request this dispatch understands' });
  }
}

/** Without a key, every request is accepted. */
function isFromGateway(headers, body) {
  return key === undefined || isSigned(headers, body, key, Date.now() / 1000);
}

/** What a page of ours posts, as JSON. */
function ours(handle) {
  return (request, _url, body) => {
    if (!isOurs(request)) return json(403, { error: 'not from another page' });
    return handle(JSON.parse(body));
  };
}

function nameAndToken(pair) {
  const [name, ...token] = pair.split('=');
  return { name, token: token.join('=') };
}

function isSame(one, other) {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function secondsOf(text, otherwise) {
  const seconds = Number(text || otherwise);
  return seconds > 0 ? seconds : otherwise;
}

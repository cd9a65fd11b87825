/** The panel: orders, the requests to the gateway and its events. */
import { button, callLink, keep, node, post, say, show, timeOf, watch } from './page.js';

let seen;
watch('/events', (view) => {
  seen = view;
  draw();
});

function draw() {
  const live = seen.orders.filter((order) => order.live);
  keep('#orders', live.length === 0 ? [node('li', { class: 'empty' }, say.noOrder)] : live.map(card));
  keep('#finished', seen.orders.filter((order) => !order.live).map(card));
  keep('#demo', demo());
  showNews();
}

function card(order) {
  const { id, status, driver, phone, name, surname, branch, tariff, from, to } = order;
  return node(
    'li',
    { 'data-order': id },
    node(
      'h3',
      {},
      node('a', { href: `/order?id=${id}`, 'data-key': `open-${id}` }, `${say.order} ${id}`),
      ` · ${say.statuses[status]}`,
    ),
    node('p', {}, `${[name, surname].filter(Boolean).join(' ')} `, callLink(phone, seen.callUrl, `client-${id}`)),
    driver
      ? node(
          'p',
          {},
          `${say.driver}: ${driver.name}, ${carOf(driver)} `,
          callLink(driver.phone, seen.callUrl, `driver-${id}`),
        )
      : '',
    node('p', { class: 'quiet' }, [[from, to].filter(Boolean).join(' → '), branch, tariff].filter(Boolean).join(' · ')),
    deliveryProblem(order),
    standing(order),
    moves(order),
  );
}

function carOf({ mark, model, plate }) {
  return `${mark} ${model} ${plate}`;
}

/** Whether the gateway knows of the status. */
function deliveryProblem({ id, delivery }) {
  if (delivery !== 'not_sent') return '';
  return node(
    'p',
    { class: 'bad' },
    `${say.news.not_sent} `,
    button(`again-${id}`, say.again, () => ask('/resend', { id })),
  );
}

function standing({ notification, connection }) {
  const lines = [
    notification && `${say.notification}: ${resultOf(notification)}`,
    connection && `${say.connection}: ${connectionOf(connection)}`,
  ].filter(Boolean);
  return lines.length === 0 ? '' : node('ul', { class: 'standing' }, ...lines.map((line) => node('li', {}, line)));
}

function resultOf({ result, attempts, digit, action }) {
  return [
    say.results[result] ?? result ?? say.underWay,
    attempts === null || attempts === 0 ? '' : `${say.attempts}: ${attempts}`,
    digit === null ? '' : `${say.key} ${digit}${action === null ? '' : ` (${say.actions[action] ?? action})`}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function connectionOf({ state, reason, side }) {
  const words = say.states[state] ?? state;
  return reason === null
    ? words
    : `${words} (${side === 'b' ? say.sideB : say.sideA}: ${say.reasons[reason] ?? reason})`;
}

/** The usual next statuses as buttons, all others in a list. */
function moves({ id, status, next }) {
  const buttons = next.map((each) =>
    button(`${id}-${each}`, say.statuses[each], () => ask('/status', { id, status: each }), {
      'aria-label': `${say.order} ${id}: ${say.statuses[each]}`,
    }),
  );
  const rest = seen.statuses.filter((each) => each !== status && !next.includes(each));
  const select = node(
    'select',
    { 'aria-label': `${say.order} ${id}: ${say.otherStatus}`, 'data-key': `${id}-other` },
    node('option', { value: '' }, `${say.otherStatus}…`),
    ...rest.map((each) => node('option', { value: each }, say.statuses[each])),
  );
  const set = button(`${id}-set`, say.set, () => select.value && ask('/status', { id, status: select.value }), {
    'aria-label': `${say.order} ${id}: ${say.set}`,
  });
  return node('div', { class: 'row' }, ...buttons, node('span', { class: 'pair' }, select, set));
}

function demo() {
  const { demo: running, rides } = seen;
  if (running !== null)
    return [
      node('p', {}, `${say.order} ${running.order}: ${say.demoLeft} ${running.left}`),
      button('demo-stop', say.stop, () => ask('/demo', { ride: null })),
    ];
  return rides.map((ride) => button(`demo-${ride}`, say.rides[ride], () => ask('/demo', { ride })));
}

/** Only what is new is added, so that a screen reader reads that alone. */
function showNews() {
  const list = document.querySelector('#news');
  const known = new Set([...list.children].map(({ dataset }) => dataset.key));
  const items = seen.news.map((news) => ({
    news,
    key: `${news.at} ${news.kind} ${news.order ?? ''} ${news.state ?? ''}`,
  }));
  const fresh = items.filter(({ key }) => !known.has(key));
  list.prepend(...fresh.map(({ news, key }) => line(news, key)));
  const kept = new Set(items.map(({ key }) => key));
  for (const child of [...list.children]) if (!kept.has(child.dataset.key)) child.remove();
}

function line(news, key) {
  const about = news.order === undefined ? '' : `${say.order} ${news.order}: `;
  const bad = news.kind.startsWith('not_') ? { class: 'bad' } : {};
  return node('li', { 'data-key': key, ...bad }, node('time', {}, timeOf(news.at)), ` ${about}${words(news)}`);
}

function words(news) {
  const { kind, orderStatus, status, detail, as, number, operator } = news;
  const cause = [status === 0 ? '' : status, detail].filter(Boolean).join(' ');
  const says = {
    sent: () => `${say.news.sent}: ${say.statuses[orderStatus]}`,
    not_sent: () => `${say.news.not_sent} (${say.statuses[orderStatus]}): ${cause}`,
    connect: () => say.news.connect[as],
    not_connected: () => `${say.news.not_connected}: ${cause}`,
    bridge: () => `${say.connection}: ${connectionOf(news)}`,
    notification: () => `${say.notification}: ${resultOf(news)}`,
    call: () => [`${say.news.call} ${number}`, operator].filter(Boolean).join(' · '),
  };
  return says[kind]?.() ?? kind;
}

async function ask(address, body) {
  const { ok, body: answer } = await post(address, body);
  show('#failed', ok ? '' : `${say.failed} ${answer.error ?? ''}`);
}

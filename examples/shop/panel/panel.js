/** The panel in the browser: renders the state that the shop's server sends. */

const texts = {
  en: {
    title: 'Telephone exchange',
    ringing: 'Ringing',
    talking: 'Talking',
    elsewhere: 'Elsewhere in the call plan',
    handset: 'Handset',
    all: 'all',
    nobody: 'nobody',
    withheld: 'number withheld',
    reject: 'Reject',
    waits: 'waits',
    place: 'place',
    order: 'Order',
    noQueue: 'Nobody is waiting.',
    stale: 'Not connected: what you see may be old.',
    failed: 'It could not be rejected:',
  },
  cs: {
    title: 'Telefonní ústředna',
    ringing: 'Vyzvání',
    talking: 'Hovoří',
    elsewhere: 'Jinde v plánu hovoru',
    handset: 'Sluchátko',
    all: 'všechna',
    nobody: 'nikdo',
    withheld: 'skryté číslo',
    reject: 'Odmítnout',
    waits: 'čeká',
    place: 'pořadí',
    order: 'Objednávka',
    noQueue: 'Nikdo nečeká.',
    stale: 'Bez spojení: co vidíte, může být staré.',
    failed: 'Odmítnutí se nepovedlo:',
  },
  ru: {
    title: 'Телефонная станция',
    ringing: 'Звонит',
    talking: 'Разговаривают',
    elsewhere: 'В другом месте плана',
    handset: 'Аппарат',
    all: 'все',
    nobody: 'никого',
    withheld: 'номер скрыт',
    reject: 'Отклонить',
    waits: 'ждёт',
    place: 'место',
    order: 'Заказ',
    noQueue: 'Никто не ждёт.',
    stale: 'Нет связи: данные могли устареть.',
    failed: 'Отклонить не удалось:',
  },
};

const language = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in texts) ?? 'en';
const say = texts[language];
document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-text]')) element.textContent = say[element.dataset.text];

let seen = { ringing: [], talking: [], elsewhere: [], queues: [], labels: [], customers: {} };
/** How far the shop's clock is ahead of ours (ms). */
let aheadMs = 0;
const rejected = new Set();
/** Rows of rejected callers stay for a while, so that a second press does not hit the next caller: where each row was, by call id. */
const held = new Map();
const HELD_MS = 4000;
/** When a row has gone from a list, presses that follow at once may be meant for it. */
const SETTLES_MS = 1000;
const shrankAt = new Map();
/** Ids of the calls that each list shows. */
const lists = new Map();

const stream = new EventSource('/panel/events');
stream.onmessage = ({ data }) => {
  seen = JSON.parse(data);
  aheadMs = seen.now - Date.now();
  show('#stale', '');
  draw();
};
stream.onerror = () => show('#stale', say.stale);

/** The handset that is watched is kept in the address, so that each screen can have its own. */
const chosen = () => new URLSearchParams(location.search).get('handset') ?? '';
function choose(label) {
  const url = new URL(location.href);
  if (label === '') url.searchParams.delete('handset');
  else url.searchParams.set('handset', label);
  history.replaceState(null, '', url);
  draw();
}

function draw() {
  const watched = ({ handset }) => chosen() === '' || handset === chosen();
  cards('#ringing', seen.ringing.filter(watched));
  cards('#talking', seen.talking.filter(watched));
  cards(
    '#elsewhere',
    seen.elsewhere.filter((call) => call.handset === null || watched(call)),
  );
  keep('#labels', ['', ...seen.labels].map(labelChoice));
  // The place is that in the whole queue, whichever handset is watched.
  const queues = seen.queues.map((queue) => ({
    ...queue,
    callers: queue.callers.map((call, index) => ({ ...call, place: index + 1 })).filter(watched),
  }));
  const isHeld = (name) => [...held.values()].some(({ where }) => where === `queue ${name}`);
  const wanted = queues.filter(({ name, callers }) => callers.length > 0 || isHeld(name));
  keep('#queues', wanted.length === 0 ? [node('p', { class: 'empty' }, say.noQueue)] : wanted.flatMap(queueOf));
  tick();
}

function cards(where, calls) {
  const rows = withHeld(where, calls);
  keep(where, rows.length === 0 ? [node('li', { class: 'empty' }, say.nobody)] : rows.map((call) => card(call, where)));
}

/** The calls of a list with those that are held there, each in its place. */
function withHeld(where, calls) {
  const rows = calls.filter(({ id }) => (held.get(id)?.where ?? where) === where);
  for (const { where: place, index, call } of held.values())
    if (place === where && !rows.some(({ id }) => id === call.id)) rows.splice(index, 0, call);
  const before = lists.get(where) ?? [];
  if (before.some((id) => !rows.some((call) => call.id === id))) shrankAt.set(where, performance.now());
  lists.set(
    where,
    rows.map(({ id }) => id),
  );
  return rows;
}
function card(call, where) {
  const orders = seen.customers[call.number]?.orders ?? [];
  return node(
    'li',
    { 'data-call': call.id },
    node(
      'div',
      {},
      ...caller(call),
      node('div', { class: 'quiet' }, [call.handset, call.agent].filter(Boolean).join(' · '), ' ', since(call)),
    ),
    rejectButton(call, where),
    node(
      'ul',
      { class: 'orders' },
      ...orders.map(({ number, status }) => node('li', {}, `${say.order} ${number} – ${status}`)),
    ),
  );
}

function caller({ number }) {
  const name = seen.customers[number]?.name;
  return [
    node('div', { class: 'number' }, number || say.withheld),
    ...(name ? [node('div', { class: 'name' }, name)] : []),
  ];
}

function queueOf({ name, callers: waiting }) {
  const where = `queue ${name}`;
  const callers = withHeld(where, waiting);
  return [
    node('h2', {}, name),
    node(
      'ol',
      {},
      ...callers.map((call) =>
        node(
          'li',
          { 'data-call': call.id },
          node('strong', { class: 'place', 'aria-label': `${say.place} ${call.place}` }, `${call.place}.`),
          node('div', {}, ...caller(call)),
          since(call),
          rejectButton(call, where),
        ),
      ),
    ),
  ];
}

function since({ since: at }) {
  return node('time', { datetime: at, title: say.waits });
}

/** Waiting times, as m:ss. */
function tick() {
  for (const element of document.querySelectorAll('time[datetime]')) {
    const seconds = Math.max(0, Math.floor((Date.now() + aheadMs - Date.parse(element.dateTime)) / 1000));
    element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
}
setInterval(tick, 1000);

function rejectButton(call, where) {
  const button = node('button', { type: 'button', 'aria-label': `${say.reject}: ${call.number || say.withheld}` }, '✕');
  button.disabled = rejected.has(call.id);
  button.onclick = () => {
    if (performance.now() - (shrankAt.get(where) ?? -SETTLES_MS) >= SETTLES_MS) void reject(call, where);
  };
  // A key that is held down presses once.
  button.addEventListener('keydown', (event) => event.repeat && event.preventDefault());
  return button;
}

async function reject(call, where) {
  const { id } = call;
  if (rejected.has(id)) return;
  rejected.add(id);
  held.set(id, { where, index: lists.get(where).indexOf(id), call });
  setTimeout(() => {
    held.delete(id);
    draw();
  }, HELD_MS);
  draw();
  const body = new URLSearchParams({ call: id });
  const answer = await fetch('/panel/reject', { method: 'POST', body }).catch((error) => ({
    ok: false,
    text: () => String(error),
  }));
  show('#failed', answer.ok ? '' : `${say.failed} ${await answer.text()}`);
  if (!answer.ok) {
    rejected.delete(id);
    held.delete(id);
  }
  draw();
}

function labelChoice(label) {
  const input = node('input', { type: 'radio', name: 'handset', value: label });
  input.checked = label === chosen();
  input.onchange = () => choose(label);
  return node('label', {}, input, ` ${label || say.all}`);
}

function show(where, text) {
  const element = document.querySelector(where);
  element.textContent = text;
  element.hidden = text === '';
}

/** Replaces what is in an element when it differs, and leaves the keyboard's focus where it was. */
function keep(where, nodes) {
  const element = document.querySelector(where);
  const focused = element.contains(document.activeElement) ? pathOf(document.activeElement) : undefined;
  element.replaceChildren(...nodes);
  if (focused !== undefined) element.querySelector(focused)?.focus();
}

function pathOf(element) {
  const call = element.closest('[data-call]')?.dataset.call;
  return call === undefined
    ? `[value=${CSS.escape(element.value) || '""'}]`
    : `[data-call="${CSS.escape(call)}"] button`;
}

/** All text goes in as text: none of it is markup, whatever a caller is called. */
function node(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...inside);
  return element;
}

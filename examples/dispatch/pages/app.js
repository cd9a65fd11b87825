/** The app of a client or a driver: the status of the order, and the button that connects both without showing a number. */
import { node, post, say, show, watch } from './page.js';

const query = new URLSearchParams(location.search);
const as = query.get('as') === 'driver' ? 'driver' : 'client';
const choice = document.querySelector('#choice');
const connect = document.querySelector('#connect');
let order = null;

show('#who', as === 'client' ? say.clientApp : say.driverApp);
document.title = as === 'client' ? say.clientApp : say.driverApp;
connect.textContent = as === 'client' ? say.connectWithDriver : say.connectWithClient;

const goTo = watch(address(query.get('order')), draw);

choice.onchange = () => {
  const url = new URL(location.href);
  url.searchParams.set('order', choice.value);
  history.replaceState(null, '', url);
  show('#failed', '');
  goTo(address(choice.value));
};

connect.onclick = async () => {
  connect.disabled = true;
  show('#failed', '');
  show('#standing', say.asked);
  const { ok, body } = await post('/connect', { id: order.id, as });
  if (!ok) {
    show('#standing', '');
    show('#failed', say.cannotConnect[body.reason] ?? say.failed);
  }
  connect.disabled = false;
};

function address(id) {
  const wanted = new URLSearchParams({ as });
  if (id) wanted.set('order', id);
  return `/events?${wanted}`;
}

function draw(view) {
  const isNew = JSON.stringify(order) !== JSON.stringify(view.order);
  order = view.order;
  drawChoice(view.orders);
  if (!isNew && order !== null) return;
  show('#status', order === null ? say.noOrder : say.statuses[order.status]);
  document.querySelector('#facts').replaceChildren(...(order === null ? [] : facts(order)));
  connect.hidden = order === null || !order.live || !order.hasDriver;
  show('#standing', order?.connection ? standing(order.connection) : '');
}

function drawChoice(orders) {
  const options = orders.map(({ id, status }) => ({ id, text: `${id} · ${say.statuses[status]}` }));
  const drawn = JSON.stringify(options);
  if (choice.dataset.drawn !== drawn) {
    choice.replaceChildren(...options.map(({ id, text }) => node('option', { value: id }, text)));
    choice.dataset.drawn = drawn;
  }
  if (order !== null) choice.value = order.id;
}

function facts({ car, other, minutes, from, to }) {
  const rows = [
    [as === 'client' ? say.driver : say.client, other],
    [say.car, car && `${car.mark} ${car.model}, ${say.colors[car.color] ?? car.color}, ${car.plate}`],
    [say.minutes, minutes > 0 ? String(minutes) : ''],
    [say.from, from],
    [say.to, to],
  ].filter(([, value]) => value);
  return rows.flatMap(([name, value]) => [node('dt', {}, name), node('dd', {}, value)]);
}

/** The party whose telephone rings, from this app's view: side A is the requesting party. */
function standing({ state, reason, side, byMe }) {
  if (state === 'failed') {
    const isMine = (side === 'b') !== byMe;
    return `${isMine ? say.yourSide : say.otherSide}: ${say.reasons[reason] ?? reason}`;
  }
  const mine = byMe ? say.appStates.asker : say.appStates.asked;
  return mine[state] ?? say.states[state] ?? state;
}

import { gatewayOrder } from './gateway.mjs';
import { e164, withFields, forApp, formFor, newestFirst, ordersOf, problemsOf } from './orders.mjs';
import { isLive, nextOf } from './statuses.mjs';
import { parseWebhook } from './webhook-events.mjs';

const FIRST_ID = 7001;
const MAX_NEWS = 50;
/** Ids of events that are remembered, so that one that comes again changes nothing. */
const MAX_SEEN = 1000;

/** The orders: sends each change to the telephone gateway and stores the gateway's events with the order. */
export class Desk {
  #orders = new Map();
  #news = [];
  #seen = [];
  /** The last transmission of each order: the gateway receives its statuses one after another. */
  #transmissions = new Map();

  /**
   * @param settings settings.json
   * @param gateway `notify(order, driver)` and `connect(order, driver, as)`
   * @param store persists the orders
   * @param changed called after each change
   */
  constructor({ settings, gateway, store, changed }) {
    Object.assign(this, { settings, gateway, store, changed });
    const { orders = [], news = [], seen = [] } = store.read() ?? {};
    this.#orders = new Map(orders.map((order) => [order.id, order]));
    this.#news = news;
    this.#seen = seen;
  }

  problemsOf(fields) {
    return problemsOf(fields, this.settings);
  }

  create(fields) {
    const id = String(Math.max(FIRST_ID - 1, ...[...this.#orders.keys()].map(Number)) + 1);
    return this.#change({ id, delivery: null, notification: null, connection: null }, fields);
  }

  /** Undefined: there is no such order. */
  edit(id, fields) {
    const order = this.#orders.get(id);
    return order && this.#change(order, { phone: order.phone, ...fields });
  }

  move(id, status) {
    return this.edit(id, { status });
  }

  isLive(id) {
    const order = this.#orders.get(id);
    return order !== undefined && isLive(order);
  }

  /** Sends the order's status to the gateway again. */
  resend(id) {
    const order = this.#orders.get(id);
    if (order !== undefined) this.#send(order);
    return order;
  }

  /** @param as `client` or `driver`. @returns `{ ok }`, or `{ ok: false, reason }`: `no_order`, `no_driver`, `over`, `gateway` */
  async connect(id, as) {
    const order = this.#orders.get(id);
    if (order === undefined) return { ok: false, reason: 'no_order' };
    const driver = this.#driverOf(order);
    if (driver === undefined) return { ok: false, reason: 'no_driver' };
    if (!isLive(order)) return { ok: false, reason: 'over' };
    const { ok, status, body } = await this.gateway.connect(order, driver, as);
    if (!ok) {
      this.#add({ kind: 'not_connected', order: id, as, status, detail: detailOf(body) });
      return { ok: false, reason: 'gateway' };
    }
    const bridge = body.bridge_id ?? body.bridge?.id ?? null;
    const { state = 'queued' } = body.bridge ?? body;
    // Its webhooks may have been faster than the answer.
    const isReported = bridge !== null && this.#orders.get(id).connection?.bridge === bridge;
    if (isReported) this.#set(id, { connection: { ...this.#orders.get(id).connection, by: as } });
    else this.#set(id, { connection: { bridge, seq: 0, state, reason: null, side: null, by: as } });
    this.#add({ kind: 'connect', order: id, as });
    return { ok: true };
  }

  /** Handles an event of the gateway. @returns false when it is invalid */
  webhook(body) {
    const event = parseWebhook(body);
    if (event === undefined) return false;
    if (this.#seen.includes(event.id)) return true;
    this.#seen = [...this.#seen, event.id].slice(-MAX_SEEN);
    const order = this.#orders.get(event.order);
    if (order !== undefined && event.subject === 'bridge') this.#applyBridge(order, event);
    if (order !== undefined && event.subject === 'notification') this.#applyNotification(order, event);
    this.#store();
    return true;
  }

  /** Records an incoming call for which the form is opened. */
  recordIncomingCall({ operator, clid, did, callId }) {
    this.#add({ kind: 'call', operator, number: e164(clid, this.settings.country_code) ?? clid, did, callId });
  }

  formOf(call) {
    return formFor([...this.#orders.values()], call, this.settings);
  }

  /** A caller's open orders, newest first, in the gateway's format. */
  ordersOf(phone) {
    const orders = ordersOf([...this.#orders.values()], e164(phone, this.settings.country_code));
    return orders.map((order) => gatewayOrder(order, this.#driverOf(order)));
  }

  /** What the panel shows. */
  view() {
    const orders = newestFirst(this.#orders.values()).map((order) => ({
      ...order,
      live: isLive(order),
      next: nextOf(order.status),
      driver: this.#driverOf(order) ?? null,
    }));
    return { orders, news: this.#news };
  }

  /** The view of a party's app. @param as `client` or `driver` */
  appView(as, id) {
    const orders = newestFirst(this.#orders.values()).filter((order) => isLive(order) || order.id === id);
    const order = this.#orders.get(id) ?? orders[0];
    return {
      as,
      order: order ? forApp(order, as, this.settings) : null,
      orders: orders.map(({ id: each, status }) => ({ id: each, status })),
    };
  }

  #change(order, fields) {
    const changed = withFields(order, fields, this.settings);
    this.#orders.set(order.id, changed);
    if (changed.status !== order.status) this.#send(changed);
    this.#store();
    return changed;
  }

  #send(order) {
    const before = this.#transmissions.get(order.id) ?? Promise.resolve();
    const driver = this.#driverOf(order);
    this.#set(order.id, { delivery: 'waiting' });
    const transmission = before
      .then(() => this.gateway.notify(order, driver))
      .then((answer) => this.#answered(order, answer));
    this.#transmissions.set(order.id, transmission);
  }

  #answered({ id, status }, { ok, status: http, body }) {
    const delivery = ok ? 'sent' : 'not_sent';
    if (this.#orders.get(id)?.status === status) this.#set(id, { delivery });
    this.#add({
      kind: delivery,
      order: id,
      orderStatus: status,
      status: http,
      detail: ok ? undefined : detailOf(body),
    });
  }

  #applyBridge({ id }, { state, reason, side, by, seq, bridge }) {
    const known = this.#orders.get(id).connection;
    const isSame = known?.bridge === bridge;
    if (isSame && known.seq > seq) return;
    this.#set(id, { connection: { bridge, seq, state, reason, side, by: by ?? (isSame ? known.by : null) } });
    this.#add({ kind: 'bridge', order: id, state, reason, side });
  }

  #applyNotification({ id }, { result, attempts, digit, action }) {
    // Without a call, the outcome of the previous call stays.
    if (attempts > 0) this.#set(id, { notification: { result, attempts, digit, action } });
    this.#add({ kind: 'notification', order: id, result, attempts, digit, action });
    if (action === 'cancel_order' && this.isLive(id)) this.move(id, 'client_refused');
  }

  #driverOf({ driver }) {
    return this.settings.drivers.find(({ id }) => id === driver);
  }

  #set(id, more) {
    this.#orders.set(id, { ...this.#orders.get(id), ...more });
  }

  #add(news) {
    this.#news = [{ at: Date.now(), ...news }, ...this.#news].slice(0, MAX_NEWS);
    this.#store();
  }

  #store() {
    this.store.write({ orders: [...this.#orders.values()], news: this.#news, seen: this.#seen });
    this.changed();
  }
}

function detailOf({ detail, title, error }) {
  return String(detail ?? title ?? error ?? '').slice(0, 200);
}
